package midge.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyMadeTest {
    static Scenario scenario(String name) throws ScenarioException {
        return new ScenarioReader(Path.of(".")).read(name + ".toml", ReadyMade.text(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"greenhouse", "cold-chain", "lossy-warehouse", "gateway-crash"})
    void everyReadyMadeScenarioHolds(String name) throws ScenarioException {
        Scenario scenario = scenario(name);
        ScenarioResult result = new ScenarioRun(scenario, scenario.seed().orElseThrow()).finish();
        assertThat(result.verdicts()).isNotEmpty().allMatch(ScenarioResult.Verdict::held);
        assertThat(result.totals().delivered()).isGreaterThan(100);
    }

    @Test
    void twoRunsOfOneSeedAreOneHistory() throws ScenarioException {
        Scenario scenario = scenario("gateway-crash");
        ScenarioResult first = new ScenarioRun(scenario, 7).finish();
        assertThat(new ScenarioRun(scenario, 7).finish()).isEqualTo(first);
        assertThat(new ScenarioRun(scenario, 8).finish().traceHash()).isNotEqualTo(first.traceHash());
    }

    @Test
    void tenThousandDevicesAreInTheList() throws ScenarioException {
        assertThat(ReadyMade.names()).hasSize(6);
        assertThat(scenario("ten-thousand").devices()).hasSize(10_000);
        assertThat(ReadyMade.text("../secret")).isNull();
    }

    @Test
    void aThousandOfThemLoseNothingAndRepeatTheirHistory() throws ScenarioException {
        String text = Objects.requireNonNull(ReadyMade.text("ten-thousand"))
                .replace("count = 10000", "count = 1000")
                .replace("\"1h\"", "\"5m\"")
                .replace("value = 3500000", "value = 29000");
        Scenario scenario = new ScenarioReader(Path.of(".")).read("thousand.toml", text);
        ScenarioResult first = new ScenarioRun(scenario, 5).finish();
        assertThat(first.verdicts()).hasSize(3).allMatch(ScenarioResult.Verdict::held);
        assertThat(first.totals().delivered()).isEqualTo(first.totals().sent()).isBetween(29_000, 31_000);
        assertThat(first.retransmitted()).isGreaterThan(1_000);
        assertThat(new ScenarioRun(scenario, 5).finish()).isEqualTo(first);
    }
}
