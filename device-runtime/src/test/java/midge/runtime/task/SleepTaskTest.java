package midge.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.mqttsn.client.SnClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sleeping device with the real client, against a gateway that keeps messages for it. */
class SleepTaskTest {
    private final VirtualDevice device = new VirtualDevice();
    private final FakeGateway gateway = device.gateway;

    @BeforeEach
    void sleeper() {
        device.sleepOptions = new SleepConfig.Builder().sleepS(30);
        device.sampling.periodMs(0);
        device.thermometer.conversionMs = 750;
        device.thermometer.step = 1_000;
    }

    @Test
    void connectsMeasuresDeliversAndSleeps() {
        device.start();
        device.runFor(5_000);
        assertEquals(
                List.of("CONNECT clean", "REGISTER site/7/t", "PUBLISH site/7/t=0.00 q1", "SLEEP 30"), device.heard());
        assertEquals(SnClient.ASLEEP, device.link.client().state());
        assertTrue(device.link.connected());
        assertEquals(1, device.sleep.sleeps());
    }

    @Test
    void becomesActiveOnceACycleWithoutAnotherRegistrationAndIsSilentInBetween() {
        device.start();
        device.runFor(5_000);
        device.heard();
        List<Long> publishedMs = new ArrayList<>();
        for (int s = 0; s < 300; s++) {
            int before = gateway.broker.size();
            device.runFor(1_000);
            if (gateway.broker.size() > before) {
                publishedMs.add(device.nowMs);
            }
        }
        List<String> heard = device.heard();
        assertThat(heard.subList(0, 3)).containsExactly("CONNECT", "PUBLISH site/7/t=1.00 q1", "SLEEP 30");
        assertEquals(3 * publishedMs.size(), heard.size());
        assertThat(publishedMs).hasSizeBetween(9, 11);
        assertThat(gateway.broker).startsWith("site/7/t=0.00", "site/7/t=1.00", "site/7/t=2.00");
        assertEquals(device.listener.payloads.keySet(), device.listener.outcomes.keySet());
    }

    @Test
    void inCyclesBetweenReportsItOnlyCollects() {
        device.sleepOptions.reportEvery(3);
        device.start();
        device.runFor(5_000);
        device.heard();
        device.runFor(95_000);
        assertEquals(List.of("WAKE", "WAKE", "CONNECT", "PUBLISH site/7/t=1.00 q1", "SLEEP 30"), device.heard());
        assertEquals(2, device.sleep.collections());
        assertEquals(2, device.sleep.reports());
    }

    @Test
    void aCommandIsCollectedObeyedAndItsStateToldAtOnce() {
        device.obeys = true;
        device.sleepOptions.reportEvery(100);
        device.start();
        device.runFor(5_000);
        device.heard();
        gateway.publish("site/7/relay/set", "1");
        device.runFor(20_000);
        assertEquals(0, device.relay.value(), "it sleeps");
        device.runFor(10_000);
        assertEquals(1, device.relay.value());
        assertThat(device.heard())
                .startsWith("WAKE", "PUBACK 0")
                .contains("CONNECT", "PUBLISH site/7/relay=1 q1")
                .endsWith("SLEEP 30");
        assertThat(gateway.broker).contains("site/7/relay=1(r)");
    }

    @Test
    void collectsBeforeItReportsSinceOnlyPingrespSaysThatNothingIsLeft() {
        device.obeys = true;
        gateway.deliversOnConnect = false;
        device.start();
        device.runFor(5_000);
        device.heard();
        gateway.publish("site/7/relay/set", "1");
        device.runFor(31_000);
        assertEquals(1, device.relay.value());
        assertThat(device.heard())
                .startsWith("WAKE", "PUBACK 0", "CONNECT")
                .contains("PUBLISH site/7/relay=1 q1", "PUBLISH site/7/t=1.00 q1")
                .endsWith("SLEEP 30");
        assertEquals(SnClient.ASLEEP, device.link.client().state());
    }

    @Test
    void readingsMadeAsleepWaitUntilThereIsABatch() {
        device.sampling.periodMs(4_000);
        device.sleepOptions.sleepS(600).batch(5);
        device.start();
        device.runFor(3_000);
        device.heard();
        device.runFor(17_000);
        assertEquals(List.of(), device.heard());
        assertEquals(4, device.outbox.depth());
        device.runFor(4_000);
        assertThat(device.heard()).startsWith("CONNECT").endsWith("SLEEP 600");
        assertEquals(0, device.outbox.depth());
    }

    @Test
    void sleepsOnlyAfterTheLastMessageWasConfirmed() {
        device.sampling.qos(2);
        gateway.lossPercent = 30;
        device.start();
        device.runFor(600_000);
        int open = device.listener.payloads.size() - device.listener.outcomes.size();
        assertThat(open).isLessThanOrEqualTo(1);
        assertThat(device.sleep.sleeps()).isGreaterThan(8);
        assertThat(gateway.broker).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {Hal.NACK, Hal.WRONG_CHIP})
    void aSensorThatFailsDoesNotKeepItAwake(int code) {
        device.thermometer.beginCode = code;
        device.start();
        device.runFor(5_000);
        assertEquals(List.of("CONNECT clean", "SLEEP 30"), device.heard());
        assertEquals(1, device.samplingTask.failures());
    }

    @Test
    void withoutAnAnswerToItsWakeUpsItConnectsAgain() {
        device.sleepOptions.reportEvery(1_000).missesMax(2);
        device.start();
        device.runFor(5_000);
        gateway.deaf = true;
        device.runFor(120_000);
        assertThat(device.link.losses() + device.link.unanswered()).isPositive();
        gateway.deaf = false;
        device.heard();
        device.runFor(40_000);
        assertThat(device.heard()).startsWith("CONNECT clean").contains("SLEEP 30");
        assertEquals(SnClient.ASLEEP, device.link.client().state());
    }

    @Test
    void aGatewayThatForgotItIsConnectedToAnew() {
        device.start();
        device.runFor(5_000);
        device.heard();
        device.sleepOptions.reportEvery(1_000);
        gateway.connackCode = 3;
        device.runFor(31_000);
        assertEquals(SnClient.DISCONNECTED, device.link.client().state());
        gateway.connackCode = 0;
        device.runFor(10_000);
        assertThat(device.heard()).contains("CONNECT clean").endsWith("SLEEP 30");
    }

    @Test
    void sleepsAfterItsLongestTimeActiveAndKeepsWhatIsLeftForTheNextReport() {
        device.sleepOptions.awakeMsMax(2_000);
        device.sampling.periodMs(100);
        device.thermometer.conversionMs = 0;
        device.drainIntervalMs = 150;
        device.start();
        device.runFor(4_000);
        assertEquals(1, device.sleep.overdue());
        assertThat(device.heard()).endsWith("SLEEP 30");
        assertThat(device.outbox.depth()).isPositive();
        device.runFor(20_000);
        assertEquals(List.of(), device.heard());
        device.runFor(12_000);
        assertThat(device.heard()).startsWith("CONNECT").endsWith("SLEEP 30");
    }

    @Test
    void stoppingWakesItToEndInOrder() {
        device.start();
        device.runFor(5_000);
        device.heard();
        device.link.stop();
        device.runtime.wake(device.link);
        device.runFor(100_000);
        assertEquals(List.of("CONNECT", "DISCONNECT"), device.heard());
        assertEquals(SnClient.DISCONNECTED, device.link.client().state());
    }

    @Test
    void aLeapOfTimeOverSeveralSleepsIsOneWakeUp() {
        device.start();
        device.runFor(5_000);
        device.heard();
        device.nowMs += 10_000_000;
        device.runFor(2_000);
        assertThat(device.heard())
                .contains("PUBLISH site/7/t=1.00 q1")
                .endsWith("SLEEP 30")
                .hasSizeLessThan(6);
    }
}
