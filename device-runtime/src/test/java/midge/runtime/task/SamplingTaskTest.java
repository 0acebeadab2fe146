package midge.runtime.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.runtime.payload.BareNumber;
import midge.runtime.payload.JsonReading;
import midge.wire.Prng;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTaskTest {
    private final FakeSensor sensor = new FakeSensor(Quantity.TEMPERATURE, Quantity.HUMIDITY);
    private final RecordingSink sink = new RecordingSink();
    private final RecordingListener listener = new RecordingListener();
    private SamplingConfig.Builder options =
            new SamplingConfig.Builder().periodMs(1_000).jitterPercent(0).topic(0, 4);
    private long nowMs = 10_000;

    private SamplingTask task() {
        return new SamplingTask(options.build(), sensor, sink, listener, new Prng(7));
    }

    /** Runs the task alone until {@code endMs}. */
    private void runUntil(Task task, long endMs) {
        DeviceRuntime runtime = new DeviceRuntime(1);
        runtime.add(task);
        while (nowMs <= endMs) {
            long next = runtime.turn(nowMs);
            nowMs = Math.max(nowMs, next);
        }
        nowMs = endMs;
    }

    @Test
    void publishesEachValueThatHasATopicOnceAPeriod() {
        options = options.topic(1, 5).qos(2);
        sensor.next[0] = 21_380;
        sensor.next[1] = 40_000;
        sensor.conversionMs = 9;
        runUntil(task(), 11_500);
        assertEquals(List.of("4:21.38 qos2", "5:40.00 qos2", "4:21.38 qos2", "5:40.00 qos2"), sink.messages);
        assertEquals(List.of(10_009L, 10_009L, 11_009L, 11_009L), sink.times);
    }

    @Test
    void tellsTheListenerValuePayloadAndTokenInThisOrder() {
        sensor.next[0] = 21_384;
        task().run(nowMs);
        assertEquals(List.of("sampled 4 1=21384", "published 4 #0 21.38"), listener.events);
    }

    @Test
    void comesBackWhenTheSensorIsReady() {
        SamplingTask task = task();
        sensor.conversionMs = 750;
        assertEquals(10_750, task.run(nowMs));
        assertFalse(task.idle());
        assertEquals(10_750, task.run(10_100), "being called early is harmless");
        assertEquals(11_000, task.run(10_750));
        assertEquals(1, task.measurements());
        assertTrue(task.idle());
    }

    @Test
    void jitterDelaysMeasurementsButPeriodsKeepTheirPace() {
        options = options.jitterPercent(20);
        runUntil(task(), nowMs + 100_000);
        boolean spread = false;
        for (int i = 0; i < sink.times.size(); i++) {
            long late = sink.times.get(i) - (10_000 + 1_000L * i);
            assertTrue(late >= 0 && late < 200, "measurement " + i + " is " + late + " ms late");
            spread |= late > 100;
        }
        assertTrue(spread);
    }

    @Test
    void aLeapOfTimeSkipsPeriodsInsteadOfCatchingUp() {
        SamplingTask task = task();
        task.run(nowMs);
        nowMs += 1L << 32;
        runUntil(task, nowMs + 1_999);
        assertEquals(3, sensor.begun);
    }

    @Test
    void averagesOversampledValuesHalfAwayFromZero() {
        options = options.oversampling(4).format(new BareNumber(3));
        sensor.next[0] = 1;
        sensor.step = 1; // 1, 2, 3, 4: mean 2.5
        sensor.conversionMs = 10;
        runUntil(task(), 10_900);
        sensor.next[0] = -1;
        sensor.step = -1;
        runUntil(task(), 11_800);
        assertEquals(List.of("4:0.003 qos1", "4:-0.003 qos1"), sink.messages);
    }

    @Test
    void oversamplingASensorThatIsAlwaysReadyLetsOthersHaveTurns() {
        options = options.oversampling(8);
        SamplingTask task = task();
        assertEquals(nowMs, task.run(nowMs));
        assertEquals(0, task.measurements());
        for (int i = 0; i < 7; i++) {
            task.run(nowMs);
        }
        assertEquals(1, task.measurements());
    }

    @Test
    void meansOfExtremeValuesDoNotOverflow() {
        options = options.oversampling(64).format(new BareNumber(3));
        sensor.next[0] = Integer.MIN_VALUE;
        runUntil(task(), nowMs + 500);
        assertEquals(List.of("4:-2147483.648 qos1"), sink.messages);
    }

    @Test
    void aDeadbandKeepsSmallChangesBackUntilTheyAddUp() {
        options = options.deadband(0, 100).maxSilenceMs(0).format(new BareNumber(3));
        sensor.next[0] = 21_000;
        sensor.step = 60;
        runUntil(task(), nowMs + 6_500);
        assertEquals(List.of("4:21.000 qos1", "4:21.120 qos1", "4:21.240 qos1", "4:21.360 qos1"), sink.messages);
        assertEquals(
                7, listener.events.stream().filter(e -> e.startsWith("sampled")).count());
    }

    @Test
    void aDeadbandOfZeroReportsEveryChangeAndNothingElse() {
        options = options.deadband(0, 0).maxSilenceMs(0);
        SamplingTask task = task();
        runUntil(task, nowMs + 4_500);
        assertEquals(1, sink.messages.size());
        assertEquals(4, task.suppressed());
        sensor.next[0] = 1;
        runUntil(task, nowMs + 2_500);
        assertEquals(2, sink.messages.size());
    }

    @Test
    void aDeadbandComparesWithoutOverflow() {
        options = options.deadband(0, Integer.MAX_VALUE);
        SamplingTask task = task();
        sensor.next[0] = Integer.MIN_VALUE;
        task.run(nowMs);
        sensor.next[0] = Integer.MAX_VALUE;
        task.run(nowMs + 1_000);
        assertEquals(2, sink.messages.size());
    }

    @Test
    void silenceEndsAfterItsLongestTime() {
        options = options.deadband(0, 1_000).maxSilenceMs(3_000);
        runUntil(task(), nowMs + 6_500);
        assertEquals(List.of(10_000L, 13_000L, 16_000L), sink.times);
    }

    @Test
    void oneCommonTopicCarriesAllValuesWhenOneIsWorthIt() {
        options = new SamplingConfig.Builder()
                .periodMs(1_000)
                .jitterPercent(0)
                .commonTopic(9)
                .deadband(0, 100_000)
                .deadband(1, 50)
                .format(new JsonReading());
        sensor.next[0] = 21_380;
        sensor.next[1] = 40_000;
        SamplingTask task = task();
        task.run(10_000);
        task.run(11_000);
        sensor.next[1] = 40_051;
        task.run(12_000);
        assertEquals(List.of("9:{\"t\":21.38,\"h\":40.00} qos1", "9:{\"t\":21.38,\"h\":40.05} qos1"), sink.messages);
        assertEquals(2, task.suppressed());
    }

    @ParameterizedTest
    @CsvSource({"-103, true", "-106, true", "-105, false", "-107, false", "-102, false"})
    void aFailureIsCountedAndRetriedInTheNextPeriodAndNothingStaleIsPublished(int code, boolean atBegin) {
        SamplingTask task = task();
        sensor.next[0] = 21_380;
        runUntil(task, 10_500);
        sensor.beginCode = atBegin ? code : Hal.OK;
        sensor.pollCode = atBegin ? Hal.OK : code;
        runUntil(task, 12_500);
        assertEquals(1, sink.messages.size());
        assertEquals(2, task.failures());
        assertEquals(code, task.lastFailure());
        assertEquals(List.of("failed 4 " + code, "failed 4 " + code), listener.events.subList(2, 4));
        sensor.beginCode = Hal.OK;
        sensor.pollCode = Hal.OK;
        sensor.next[0] = 22_000;
        runUntil(task, 13_500);
        assertEquals(List.of("4:21.38 qos1", "4:22.00 qos1"), sink.messages);
    }

    @Test
    void aSensorThatNeverGetsReadyIsGivenUpAfterItsTimeout() {
        options = options.timeoutMs(100);
        sensor.conversionMs = 50;
        sensor.pollCode = Hal.WOULD_BLOCK;
        SamplingTask task = task();
        runUntil(task, 10_149);
        assertEquals(0, task.failures());
        runUntil(task, 10_999);
        assertEquals(1, task.failures());
        assertEquals(Hal.WOULD_BLOCK, task.lastFailure());
        assertEquals(List.of(), sink.messages);
    }

    @Test
    void aChipThatStillStartsUpIsBegunAgainWhenItSays() {
        sensor.conversionMs = 30;
        sensor.beginCode = Hal.WOULD_BLOCK;
        SamplingTask task = task();
        assertEquals(10_030, task.run(10_000));
        sensor.beginCode = Hal.OK;
        assertEquals(10_060, task.run(10_030));
        assertEquals(11_000, task.run(10_060));
        assertEquals(1, task.measurements());
    }

    @Test
    void aChipThatNeverStartsUpIsGivenUpAfterItsTimeout() {
        options = options.timeoutMs(100);
        sensor.conversionMs = 30;
        sensor.beginCode = Hal.WOULD_BLOCK;
        SamplingTask task = task();
        runUntil(task, 10_500);
        assertEquals(1, task.failures());
        assertEquals(Hal.WOULD_BLOCK, task.lastFailure());
        assertTrue(sensor.begunAtMs <= 10_131, "asked until " + sensor.begunAtMs);
    }

    @Test
    void aFailureHalfwayThroughOversamplingSpoilsTheWholeMeasurement() {
        options = options.oversampling(3);
        SamplingTask task = task();
        task.run(nowMs);
        sensor.pollCode = Hal.BAD_CRC;
        task.run(nowMs);
        assertEquals(1, task.failures());
        sensor.pollCode = Hal.OK;
        runUntil(task, 10_900);
        assertEquals(0, task.measurements(), "the remaining shots wait for the next period");
        runUntil(task, 11_900);
        assertEquals(1, task.measurements());
    }

    @Test
    void aRefusedReadingIsNotTakenAsReported() {
        options = options.deadband(0, 1_000).maxSilenceMs(0);
        sink.refusal = Status.TOO_LARGE;
        SamplingTask task = task();
        task.run(10_000);
        assertEquals(List.of("sampled 4 1=0", "refused 4 -7"), listener.events);
        sink.refusal = 0;
        task.run(11_000);
        assertEquals(1, task.refused());
        assertEquals(1, task.published());
    }

    @Test
    void aPayloadThatDoesNotFitIsRefusedNotCut() {
        options = options.payloadCapacity(4);
        sensor.next[0] = 21_380;
        SamplingTask task = task();
        task.run(nowMs);
        assertEquals(List.of(), sink.messages);
        assertEquals("refused 4 " + Status.TOO_SMALL, listener.events.get(1));
    }

    @Test
    void withPeriodZeroItMeasuresOnlyOnRequest() {
        options = options.periodMs(0);
        SamplingTask task = task();
        assertEquals(Task.NEVER, task.run(nowMs));
        task.request();
        assertFalse(task.idle());
        assertEquals(Task.NEVER, task.run(nowMs + 5));
        assertEquals(1, task.measurements());
        assertTrue(task.idle());
        assertEquals(Task.NEVER, task.run(nowMs + 6));
        assertEquals(1, task.measurements());
    }

    @Test
    void aRequestBetweenPeriodsDoesNotShiftThem() {
        SamplingTask task = task();
        runUntil(task, 10_300);
        task.request();
        runUntil(task, 11_500);
        assertEquals(List.of(10_000L, 10_300L, 11_000L), sink.times);
    }

    @Test
    void aRequestDuringAMeasurementGetsItsOwn() {
        options = options.periodMs(0);
        sensor.conversionMs = 50;
        SamplingTask task = task();
        task.request();
        task.run(nowMs);
        task.request();
        assertEquals(nowMs + 50, task.run(nowMs + 50));
        assertFalse(task.idle());
        task.run(nowMs + 50);
        task.run(nowMs + 100);
        assertEquals(2, task.measurements());
        assertTrue(task.idle());
    }

    @Test
    void refusesASensorWithMoreValuesThanItCanCarry() {
        FakeSensor wide = new FakeSensor(new int[SamplingConfig.MAX_VALUES + 1]);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SamplingTask(options.build(), wide, sink, listener, new Prng(1)));
    }
}
