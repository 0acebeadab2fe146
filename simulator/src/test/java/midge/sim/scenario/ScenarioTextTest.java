package midge.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTextTest {
    @TempDir
    private Path folder;

    private Scenario read(String text) throws ScenarioException {
        return new ScenarioReader(folder).read("s.toml", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "greenhouse", "cold-chain", "lossy-warehouse", "gateway-crash"})
    void whatIsWrittenPlaysTheSameHistory(String name) throws ScenarioException {
        Scenario scenario = read(ReadyMade.text(name));
        Scenario again = read(ScenarioText.of(scenario));
        assertThat(ScenarioText.of(again)).isEqualTo(ScenarioText.of(scenario));
        assertThat(new ScenarioRun(again, 7).finish().traceHash())
                .isEqualTo(new ScenarioRun(scenario, 7).finish().traceHash());
    }

    @Test
    void everyKeyIsWritten() throws IOException, ScenarioException {
        Files.writeString(folder.resolve("t.csv"), "0,20\n60,30\n");
        String text = "title='a \"b\"\\n'\nduration='20m'\nday='1h'\n"
                + "[radio]\nkind='serial'\nbit_errors=0.0000005\nloss=0.125\nduplication=0.1\nreordering=0.2\nlatency_ms=7\njitter_ms=9\nrange_m=90\n"
                + "[gateway]\nmqtt_version=5\nretry_ms=700\nretry_limit=3\nspare_clients=2\nx=1.5\ny=-2\n"
                + "[[device]]\nname='d'\ncount=2\nspacing_m=3\nsensors=['bme280','tmp102']\nactuators=['valve']\n"
                + "every='1500ms'\nheartbeat='1m'\nqos=2\nsleep='30s'\nstart='5s'\nkeep_alive='90s'\nclean=false\n"
                + "retry_ms=800\nretry_limit=2\noutbox=7\nflash=true\ndrift_ppm=-40\nbattery_mah=900\n[device.feels]\n"
                + "temperature={kind='csv',file='t.csv'}\nhumidity={kind='sine',mean=50,swing=1.25,period='90s'}\n"
                + "pressure={kind='weather',offset=-200}\n"
                + "[[event]]\nwhat='sensor'\nat='1m'\nfor='2s'\ndevice='d-*'\nquantity='humidity'\nvalue=12.5\n"
                + "[[event]]\nwhat='publish'\nat='2m'\ntopic='a/b'\npayload='x'\n"
                + "[[event]]\nwhat='gateway-crash'\nat='3m'\n[[event]]\nwhat='bit-errors'\nvalue=0.001\n[[event]]\nwhat='loss'\nvalue=0.5\ndevice='d-1'\n"
                + "[[expect]]\nwhat='reports'\ndevice='d-1'\nreading='humidity'\nvalue=50\ntolerance=2\nafter='1m'\nwithin='2m'\n"
                + "[[expect]]\nwhat='retransmitted-at-most'\nvalue=9\nname='few'\n";
        Scenario scenario = read(text);
        String written = ScenarioText.of(scenario);
        Scenario again = read(written);
        assertThat(ScenarioText.of(again)).isEqualTo(written);
        assertThat(again.radio()).isEqualTo(scenario.radio());
        assertThat(again.gateway()).isEqualTo(scenario.gateway());
        assertThat(again.events()).isEqualTo(scenario.events());
        assertThat(again.title()).isEqualTo("a \"b\"\\n");
        assertThat(again.devices())
                .hasSize(2)
                .usingRecursiveComparison()
                .ignoringFields("sensors")
                .isEqualTo(scenario.devices());
        assertThat(written)
                .contains("file = \"" + folder.toAbsolutePath().normalize().resolve("t.csv") + "\"");
        assertThat(new ScenarioRun(again, 3).finish().traceHash())
                .isEqualTo(new ScenarioRun(scenario, 3).finish().traceHash());
    }

    @Test
    void aRunIsWrittenAsItStands() throws ScenarioException {
        ScenarioRun run = new ScenarioRun(read(ReadyMade.text("demo")), 42);
        run.runUntil(10_000);
        ScenarioDevice attic = run.scenarioDevices().get(1);
        attic.hold("temperature", 31.25);
        run.network().faults().setLoss(0.35).setDuplication(0.05).setLatency(40, 10);
        run.network().map().place(attic.device().node(), 7.5, -3);
        run.network().map().place(run.gateway().node(), 1, 2);
        run.devices().get(4).cutPower();
        Scenario stands = read(ScenarioText.of(Standing.of(run)));
        assertThat(stands.seed()).hasValue(42);
        assertThat(stands.radio().loss()).isEqualTo(0.35);
        assertThat(stands.radio().duplication()).isEqualTo(0.05);
        assertThat(stands.radio().latencyMs()).isEqualTo(40);
        assertThat(stands.gateway().xM()).isEqualTo(1);
        assertThat(stands.devices().get(1).xM()).isEqualTo(7.5);
        assertThat(stands.devices().get(1).yM()).isEqualTo(-3);
        assertThat(stands.events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo(Scenario.What.POWER_CUT);
            assertThat(event.devices()).isEqualTo("pump");
        });
        ScenarioRun again = new ScenarioRun(stands, 42);
        again.runUntil(30_000);
        assertThat(again.scenarioDevices().get(1).felt("temperature")).isEqualTo(31_250);
        assertThat(again.devices().get(4).isOn()).isFalse();
        attic.release("temperature");
        run.devices().get(4).start(run.world().nowMs());
        Scenario released = Standing.of(run);
        assertThat(released.events()).isEmpty();
        assertThat(ScenarioText.of(released)).doesNotContain("31.25");
    }
}
