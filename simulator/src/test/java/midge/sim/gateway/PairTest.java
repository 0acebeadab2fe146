package midge.sim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.SimulationFailure;
import midge.sim.export.GatewayCapture;
import midge.sim.export.PcapWriter;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real clients, the real gateway core and the broker, over a bad radio and bad lines, in virtual time: see {@link PairRun}. A failure is
 * repeated by its seed.
 */
@Timeout(240)
class PairTest {
    private static final int SEEDS = Integer.getInteger("midge.seeds", 1_000);
    private static final long FIRST_SEED = Long.getLong("midge.seed", 1);

    @Test
    void nothingIsLostAndQos2ComesOnceOverABadRadio() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            PairRun run = new PairRun(seed, seed % 2 == 0);
            judged(seed, () -> run.play().check().checkReadingsCameOnce().checkCommandsWereHeard());
        }
    }

    @Test
    void keptSessionsLoseNothingAndQos2ComesOnceWhenBrokerLinesBreak() {
        long breaks = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            PairRun run = new PairRun(seed, false);
            run.broker.faults().setBreaks(0.01);
            judged(seed, () -> run.play().check().checkReadingsCameOnce().checkCommandsWereHeard());
            breaks += run.breaks();
        }
        assertThat(breaks).isGreaterThanOrEqualTo(SEEDS);
    }

    /**
     * A clean session ends at the broker with its first connection, and with it the broker's memory of a PUBLISH that is open: that one
     * comes a second time. What follows is kept over further breaks.
     */
    @Test
    void cleanSessionsLoseNothingUpwardsAndOneQos2MessageAtMostComesTwiceWhenBrokerLinesBreak() {
        long breaks = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            PairRun run = new PairRun(seed, true);
            run.broker.faults().setBreaks(0.01);
            judged(seed, () -> run.play().check().checkOneReadingOfADeviceCameTwiceAtMost());
            breaks += run.breaks();
        }
        assertThat(breaks).isGreaterThanOrEqualTo(SEEDS);
    }

    @Test
    void nothingIsLostAndQos2ComesOnceWhenTheBrokerRestarts() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 2; seed++) {
            PairRun run = new PairRun(seed, false);
            int pauseMs = 1_000 + run.world.prng("test").below(8_000);
            run.world.after(6_000, () -> run.broker.faults().setBreaks(1));
            run.world.after(6_000 + pauseMs, () -> run.broker.faults().setBreaks(0));
            judged(seed, () -> run.play().check().checkReadingsCameOnce().checkCommandsWereHeard());
        }
    }

    private static void judged(long seed, Runnable trial) {
        try {
            trial.run();
        } catch (SimulationFailure failure) {
            throw failure;
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + ": " + failure.getMessage()
                            + "\nagain: mvn -o -pl simulator -am test -Dtest=PairTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmidge.seeds=1 -Dmidge.seed=" + seed,
                    failure);
        }
    }

    @Test
    void oneSeedTwiceIsOneHistory() {
        for (long seed = 1; seed <= 10; seed++) {
            PairRun one = new PairRun(seed, false).play();
            PairRun two = new PairRun(seed, false).play();
            assertThat(two.world.traceHash()).as("seed " + seed).isEqualTo(one.world.traceHash());
            assertThat(two.world.eventsRun()).as("seed " + seed).isEqualTo(one.world.eventsRun());
            assertThat(new PairRun(seed + 1_000, false).play().world.traceHash())
                    .isNotEqualTo(one.world.traceHash());
        }
    }

    @Test
    void tsharkDecodesAWholeRunWithoutAMalformedPacket(@TempDir Path directory) throws Exception {
        String tshark = Peers.require("tshark", "tshark");
        Path file = directory.resolve("run.pcap");
        PairRun run = new PairRun(3, false);
        try (GatewayCapture capture = new GatewayCapture(
                new PcapWriter(new java.io.BufferedOutputStream(Files.newOutputStream(file)), 1_700_000_000_000L))) {
            run.gateway.core().observe(capture);
            run.play().check();
            assertThat(capture.failure()).isNull();
        }
        String[] read = {tshark, "-r", file.toString(), "-d", "udp.port==1884,mqttsn"};
        assertThat(fields(read, "-Y", "_ws.malformed")).isEmpty();
        assertThat(fields(read, "-Y", "mqttsn", "-T", "fields", "-e", "mqttsn.msg.type"))
                .contains(
                        "0x04", "0x05", "0x0a", "0x0b", "0x0c", "0x0d", "0x0e", "0x0f", "0x10", "0x12", "0x13", "0x18");
        assertThat(String.join(",", fields(read, "-Y", "mqtt", "-T", "fields", "-e", "mqtt.msgtype")))
                .contains("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private static List<String> fields(String[] read, String... options) {
        List<String> command = new ArrayList<>(List.of(read));
        command.addAll(List.of(options));
        Program program = Program.start(command);
        assertThat(program.exitCode(60_000)).as(program.lines().toString()).isZero();
        return program.lines().stream()
                .filter(line -> !line.contains("Running as user"))
                .toList();
    }
}
