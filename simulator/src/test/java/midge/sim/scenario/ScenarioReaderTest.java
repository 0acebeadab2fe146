package midge.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
    private static final String DEVICE = "[[device]]\nname = \"d\"\nsensors = [\"tmp102\"]\n";

    @TempDir
    private Path folder;

    private Scenario read(String text) throws ScenarioException {
        return new ScenarioReader(folder).read("s.toml", text);
    }

    private List<String> errors(String text) {
        return catchThrowableOfType(ScenarioException.class, () -> read(text)).errors();
    }

    @Test
    void manyDevicesStandOnAGrid() throws ScenarioException {
        Scenario scenario = read("[[device]]\nname='n'\ncount=4\nspacing_m=10\nx=1\ny=2\n");
        assertThat(scenario.devices())
                .extracting(Scenario.DeviceSpec::name)
                .containsExactly("n-1", "n-2", "n-3", "n-4");
        assertThat(scenario.devices()).extracting(Scenario.DeviceSpec::xM).containsExactly(1.0, 11.0, 1.0, 11.0);
        assertThat(scenario.devices()).extracting(Scenario.DeviceSpec::yM).containsExactly(2.0, 2.0, 12.0, 12.0);
    }

    @Test
    void everyMistakeIsToldWithItsLine() {
        assertThat(errors("tilte = 'x'\nduration = '5'\n" + DEVICE + "every = 10\n[radio]\nloss = 2\n"))
                .containsExactly(
                        "s.toml:2: duration is \"5\", must be a duration 1s..366d, such as \"30s\"",
                        "s.toml:8: radio.loss is 2, must be a number 0..1",
                        "s.toml:6: device.every is 10, must be a duration 100ms..1d, such as \"30s\"",
                        "s.toml:1: unknown key tilte, did you mean title?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[event]] what='lost'                           | event.what is \"lost\", did you mean loss?",
                "[[event]] what='loss'                           | event.value is missing",
                "[[event]] what='loss' value=0.1 device='x'      | event.device is \"x\", which fits no device",
                "[[event]] what='silence' at='2m'                | event.at is after the scenario's end",
                "[[event]] what='sensor' value=1 quantity='salt' | event.quantity is \"salt\"",
                "[[event]] what='torn-write' device='d'          | event.device is \"d\", and not all of these have flash",
                "[[event]] what='bit-errors' value=0.001         | event.what is \"bit-errors\", which only a radio of kind",
                "[[event]] at='1s'                               | event.what is missing",
                "[[expect]] what='reports' value=1               | expect.reading is missing",
                "[[expect]] what='no-loss' device='d'            | unknown key expect.device",
                "[[device]] name='d'                             | device.name is \"d\", which another device has",
                "[[device]] name='a b'                           | device.name is \"a b\", must be letters",
                "[[device]] name='e' sensors=['bme28']           | names \"bme28\", did you mean bme280? There are ads1115",
                "[[device]] name='e' feels.voltage={value=1} sensors=['tmp102'] | device.feels has voltage, which none of its sensors feels; they feel temperature",
                "[[event]] what='publish' topic='a/#' payload='x' | event.topic is \"a/#\", must be a topic without + and #",
                "[[expect]] what='reports' reading='temperatur' value=1 | expect.reading is \"temperatur\", which no such device has, did you mean temperature?",
                "[[devices]] name='e'                            | unknown key devices, did you mean device?",
                "[[device]] name='e' feels.salt={value=1}        | device.feels.salt is nothing that a chip feels",
                "[[device]] name='e' feels.voltage={kind='weather'} | which knows no voltage",
                "[[device]] name='e' feels.voltage={kind='csv',file='no.csv'} | no.csv\", which cannot be read",
            })
    void aMistakeIsToldAsOneSentence(String lines, String error) {
        String text = DEVICE + lines.strip().replaceAll("]] ", "]]\n").replaceAll(" (?=[a-z.]+=)", "\n") + "\n";
        assertThat(errors(text)).anySatisfy(each -> assertThat(each).contains(error));
    }

    @Test
    void onlyASerialLineFlipsBits() {
        assertThat(errors(DEVICE + "[radio]\nbit_errors = 0.001\n"))
                .containsExactly("s.toml:5: radio.bit_errors is for kind = \"serial\"; other media have loss");
    }

    @Test
    void aScenarioWithoutDevicesIsNone() {
        assertThat(errors("title = 'x'"))
                .containsExactly("s.toml:1: device is missing: a scenario needs at least one [[device]]");
    }

    @Test
    void aRecordingIsFoundBesideTheFile() throws IOException, ScenarioException {
        Files.writeString(folder.resolve("t.csv"), "0,20\n60,30\n");
        Scenario scenario = read(
                "duration='65s'\n" + DEVICE + "every='5s'\n[device.feels]\n"
                        + "temperature={kind='csv',file='t.csv'}\n"
                        + "[[expect]]\nwhat='reports'\ndevice='d'\nreading='temperature'\nvalue=25\ntolerance=1\nafter='20s'\nwithin='20s'\n");
        assertThat(new ScenarioRun(scenario, 1).finish().verdicts()).allMatch(ScenarioResult.Verdict::held);
    }

    @Test
    void anExpectationThatDoesNotHoldSaysWhatWasThere() throws ScenarioException {
        Scenario scenario = read("duration='30s'\n" + DEVICE + "every='5s'\n[device.feels]\ntemperature={value=20}\n"
                + "[[expect]]\nwhat='reports'\ndevice='*'\nreading='temperature'\nvalue=21\n"
                + "[[expect]]\nwhat='arrived'\nvalue=1000\n"
                + "[[expect]]\nwhat='connected'\ndevice='d'\nname='all are there'\n");
        ScenarioResult result = new ScenarioRun(scenario, 1).finish();
        assertThat(result.held()).isFalse();
        assertThat(result.verdicts().get(0).failure()).isEqualTo("d did not; the last was 20.00 from d");
        assertThat(result.verdicts().get(1).failure()).matches("[3-7] arrived");
        assertThat(result.verdicts().get(2).held()).isTrue();
        String xml = JunitReport.of(result, "s.toml", 1.5);
        assertThat(xml)
                .contains("tests=\"3\" failures=\"2\"", "time=\"1.500\"", "name=\"all are there\"")
                .contains("message=\"d did not; the last was 20.00 from d\">s.toml:8: d did not");
    }

    @Test
    void everyKindOfEventIsUndoneInTime() throws ScenarioException {
        StringBuilder text = new StringBuilder(
                "duration='20m'\n[radio]\nkind='udp'\n" + DEVICE + "every='2s'\noutbox=100\nflash=true\nclean=false\n");
        String[] events = {
            "loss' value=0.9 device='d'", "duplication' value=0.5", "reordering' value=0.5", "latency' value=200",
            "silence'", "isolated' device='d'", "power-cut' device='d'", "sensor-absent' device='d'",
            "sensor' device='d' quantity='temperature' value=40", "gateway-crash'", "broker-away'",
                    "torn-write' device='d'"
        };
        int minute = 1;
        for (String event : events) {
            text.append("[[event]]\nat='").append(minute++).append("m'\nfor='10s'\nwhat='");
            text.append(event.replace(" ", "\n")).append('\n');
        }
        text.append("[[event]]\nat='16m'\nwhat='clock-leap'\nvalue=5\n");
        text.append("[[event]]\nat='17m'\nwhat='publish'\ntopic='a'\npayload='b'\n");
        text.append("[[expect]]\nwhat='no-loss'\n");
        text.append("[[expect]]\nwhat='connected'\ndevice='d'\nafter='19m'\nwithin='50s'\n");
        text.append(
                "[[expect]]\nwhat='reports'\ndevice='d'\nreading='temperature'\nvalue=40\ntolerance=0.1\nafter='9m'\nwithin='20s'\n");
        ScenarioRun run = new ScenarioRun(read(text.toString()), 3);
        ScenarioResult result = run.finish();
        assertThat(result.verdicts()).allMatch(ScenarioResult.Verdict::held);
        assertThat(run.devices().get(0).powerCuts()).isEqualTo(2);
        assertThat(run.devices().get(0).tornWrites()).isEqualTo(1);
        assertThat(run.devices().get(0).sensorFailures()).isPositive();
        assertThat(result.totals().forgotten()).isLessThan(2);
        assertThat(NodeReport.csv(run).lines()).hasSize(2).first().isEqualTo(NodeReport.HEADER);
    }

    @Test
    void badLinesToTheBrokerCostConnectionsAndNoReading() throws ScenarioException {
        Scenario scenario = read("duration='10m'\n" + DEVICE + "every='1s'\nclean=false\n"
                + "[[event]]\nwhat='lines-chopped'\n[[event]]\nwhat='lines-stall'\nvalue=0.01\n"
                + "[[event]]\nwhat='lines-break'\nvalue=0.01\nat='1m'\nfor='5m'\n[[expect]]\nwhat='no-loss'\n");
        ScenarioRun run = new ScenarioRun(scenario, 1);
        assertThat(run.finish().verdicts()).allMatch(ScenarioResult.Verdict::held);
        assertThat(run.broker().broker().counters().connectionsOpened()).isGreaterThan(3);
    }

    @Test
    void silenceReachesDevicesWithAFaultOfTheirOwn() throws ScenarioException {
        Scenario scenario = read("duration='2m'\n" + DEVICE + "every='1s'\n"
                + "[[event]]\nwhat='latency'\nvalue=20\ndevice='d'\n[[event]]\nwhat='silence'\nat='1m'\n");
        ScenarioRun run = new ScenarioRun(scenario, 1);
        run.runUntil(60_500);
        int before = run.ledger().totals().delivered();
        run.runUntil(119_000);
        assertThat(run.ledger().totals().delivered()).isBetween(40, before);
        assertThat(run.devices().get(0).connectionsLost()).isPositive();
    }

    @Test
    void bitErrorsOfASerialLineCostFramesAndNoReading() throws ScenarioException {
        Scenario scenario = read("duration='10m'\n[radio]\nkind='serial'\nbit_errors=2e-4\n" + DEVICE + "every='1s'\n"
                + "[[event]]\nwhat='bit-errors'\nvalue=2e-3\nat='5m'\nfor='1m'\n[[expect]]\nwhat='no-loss'\n");
        ScenarioRun run = new ScenarioRun(scenario, 1);
        ScenarioResult result = run.finish();
        assertThat(result.verdicts()).allMatch(ScenarioResult.Verdict::held);
        assertThat(run.devices().get(0).radio().framesCorrupted()).isGreaterThan(20);
        assertThat(result.retransmitted()).isGreaterThan(20);
        String[] columns = NodeReport.csv(run).split("\n");
        assertThat(columns[1].split(",")).hasSameSizeAs(columns[0].split(","));
    }

    @Test
    void aSleepersBatteryLastsLonger() throws ScenarioException {
        Scenario scenario = read("duration='1h'\n" + DEVICE + "[[device]]\nname='s'\nsensors=['tmp102']\nsleep='1m'\n");
        ScenarioRun run = new ScenarioRun(scenario, 1);
        run.finish();
        String[] lines = NodeReport.csv(run).split("\n");
        double listener = Double.parseDouble(lines[1].substring(lines[1].lastIndexOf(',') + 1));
        double sleeper = Double.parseDouble(lines[2].substring(lines[2].lastIndexOf(',') + 1));
        assertThat(listener).isBetween(12.0, 13.0); // 2400 mAh at 8 mA
        assertThat(sleeper).isGreaterThan(10 * listener);
    }
}
