package midge.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class CodecReportTest {
    private static Measured measured(String group, String work, String octets, String codec, double ns, double bytes) {
        return new Measured(group, work, octets, codec, ns, 0.5, bytes, 500e6 / ns);
    }

    /** As in a real run, whose JVM ends with its buffers. */
    @BeforeAll
    static void nobodyWaitsForBuffers() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @Test
    void everyBenchmarkRunsAndFindsItsPlaceInATable() throws Exception {
        List<Measured> all = CodecReport.run(CodecReport.everything()
                .forks(0)
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .verbosity(VerboseMode.SILENT));
        assertThat(all).hasSize(71);

        String text = new CodecTable(all).markdown();
        assertThat(text).contains("| write PUBLISH, 65536 octets | ", "| read one packet of the stream | ");
        assertThat(text.lines().filter(line -> line.startsWith("| write") || line.startsWith("| read")))
                .hasSize(6 + 7 + 5 + 5);
        assertThat(text).as("nothing is without a number").doesNotContain("NaN");
    }

    @Test
    void tellsHowFarAheadOfTheBestPeerAndWhichGoalIsMissed() {
        CodecTable table = new CodecTable(List.of(
                measured("Encode", "Publish", "16", "midge", 5, 0),
                measured("Encode", "Publish", "16", "netty", 150, 308),
                measured("Encode", "Publish", "16", "paho", 70, 456),
                measured("Encode", "Publish", "65536", "midge", 1800, 0.03),
                measured("Encode", "Copy", "65536", "copy", 1500, 0.02),
                measured("SnDecode", "Connect", "", "midge", 5, 0),
                measured("SnDecode", "Connect", "", "mobius", 20, 64)));
        assertThat(table.markdown())
                .contains(
                        "| write PUBLISH, 16 octets | 5.0 ± 0.5, 0 B | 150 ± 0.5, 308 B | 70.0 ± 0.5, 456 B | – | 14.0 |")
                .contains("takes 1,500 ns; writing the PUBLISH around it takes 1.20 times")
                .contains("than the best peer: MQTT-SN read CONNECT.");
        assertThat(table.allocating()).isEmpty();
    }

    @Test
    void oneSmallObjectInAThousandOperationsIsSeen() {
        CodecTable table = new CodecTable(List.of(
                measured("Decode", "Publish", "16", "midge", 20, 0.016),
                measured("Decode", "Publish", "16", "netty", 20, 300),
                measured("Decode", "Stream", "", "midge", 20, 0.0009)));
        assertThat(table.allocating()).containsExactly("Decode.Publish 16: 0.016 B/op");
    }

    @Test
    void replacesItsPartOfADocumentOnly() {
        String document = "before\n" + CodecReport.BEGIN + "\nold\n" + CodecReport.END + "\nafter\n";
        assertThat(CodecReport.replaced(document, "new\n"))
                .isEqualTo("before\n" + CodecReport.BEGIN + "\nnew\n" + CodecReport.END + "\nafter\n");
    }
}
