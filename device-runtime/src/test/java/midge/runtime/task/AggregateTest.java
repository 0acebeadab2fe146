package midge.runtime.task;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;
import midge.runtime.payload.Measurement;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class AggregateTest {
    private static final int FAILS = Integer.MIN_VALUE;

    private final List<Long> begun = new ArrayList<>();
    private long nowMs = 1_000;

    /** Gives these values one after the other, 10 ms after it was asked. */
    private Sensor giving(int... script) {
        return new Sensor() {
            private int next;
            private int value;
            private long readyAtMs = Long.MAX_VALUE;

            @Override
            public int begin(long now) {
                begun.add(now);
                readyAtMs = now + 10;
                return Hal.OK;
            }

            @Override
            public long readyAtMs() {
                return readyAtMs;
            }

            @Override
            public int poll(long now) {
                if (now < readyAtMs) {
                    return Hal.WOULD_BLOCK;
                }
                readyAtMs = Long.MAX_VALUE;
                int given = script[next++];
                if (given == FAILS) {
                    return Hal.NACK;
                }
                value = given;
                return Hal.OK;
            }

            @Override
            public int valueCount() {
                return 1;
            }

            @Override
            public int quantity(int index) {
                return Quantity.TEMPERATURE;
            }

            @Override
            public int value(int index) {
                return value;
            }
        };
    }

    private int measure(Aggregate aggregate) {
        assertThat(aggregate.begin(nowMs)).isEqualTo(Hal.OK);
        int status = Hal.WOULD_BLOCK;
        while (status == Hal.WOULD_BLOCK) {
            nowMs = Math.max(nowMs, aggregate.readyAtMs());
            status = aggregate.poll(nowMs);
        }
        return status;
    }

    private static List<Integer> values(Aggregate aggregate) {
        return List.of(aggregate.value(0), aggregate.value(1), aggregate.value(2));
    }

    @Test
    void meanLeastAndGreatestOfASeriesThatKeepsItsPace() {
        Aggregate aggregate = new Aggregate(giving(21_000, 19_500, 22_001), 3, 5_000);
        assertThat(measure(aggregate)).isEqualTo(Hal.OK);
        assertThat(values(aggregate)).containsExactly(20_834, 19_500, 22_001);
        assertThat(begun).containsExactly(1_000L, 6_000L, 11_000L);
        assertThat(aggregate.readyAtMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(aggregate.quantity(2)).isEqualTo(Quantity.TEMPERATURE);
        assertThat(aggregate.quantity(3)).isEqualTo(Quantity.NONE);
    }

    @Test
    void belowZeroItRoundsAwayFromZeroToo() {
        Aggregate aggregate = new Aggregate(giving(-1, -2), 2, 0);
        assertThat(measure(aggregate)).isEqualTo(Hal.OK);
        assertThat(values(aggregate)).containsExactly(-2, -2, -1);
    }

    @Test
    void whatFailsIsLeftOutAndOldSeriesDoNotCount() {
        Aggregate aggregate = new Aggregate(giving(1, 2, FAILS, 7, FAILS, FAILS), 2, 100);
        measure(aggregate);
        assertThat(measure(aggregate)).isEqualTo(Hal.OK);
        assertThat(values(aggregate)).containsExactly(7, 7, 7);
        assertThat(measure(aggregate)).isEqualTo(Hal.NACK);
    }

    @Test
    void asJsonEachHasItsName() {
        Aggregate aggregate = new Aggregate(giving(20_900, 21_770), 2, 0);
        measure(aggregate);
        Measurement measurement = new Measurement(3);
        for (int i = 0; i < 3; i++) {
            measurement.set(i, aggregate.quantity(i), aggregate.value(i));
        }
        byte[] out = new byte[100];
        AggregateJson format = new AggregateJson(aggregate);
        int length = format.write(out, 0, out.length, measurement, 0, 3);
        assertThat(new String(out, 0, length, US_ASCII)).isEqualTo("{\"t\":21.34,\"t_min\":20.90,\"t_max\":21.77}");
        assertThat(format.write(out, 0, out.length, measurement, 0, 4)).isEqualTo(Status.UNSUPPORTED);
        assertThat(format.write(out, 0, 5, measurement, 0, 3)).isEqualTo(Status.TOO_SMALL);
    }

    @Test
    void aSensorWithTooManyValuesIsRefused() {
        assertThatThrownBy(() -> new Aggregate(new Aggregate(new Aggregate(giving(1), 1, 0), 1, 0), 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("valueCount is 9, must be 1..5");
    }
}
