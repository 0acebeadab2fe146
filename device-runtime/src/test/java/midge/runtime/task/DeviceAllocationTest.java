package midge.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.sense.Quantity;
import midge.profile.Allocation;
import midge.runtime.payload.JsonReading;
import midge.runtime.payload.Measurement;
import midge.runtime.payload.ReadingFormat;
import midge.runtime.payload.SenmlCbor;
import midge.runtime.payload.SenmlJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole device in its steady state, real client included, allocates nothing. */
@Tag("interpreted")
class DeviceAllocationTest {
    private static final int READINGS = 1_000;

    private final VirtualDevice device = new VirtualDevice();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void samplingPublishingAndBeingAcknowledgedAllocatesNothing(int qos) {
        device.observer = ReadingListener.NOBODY;
        device.sampling.qos(qos).periodMs(100).oversampling(2);
        device.thermometer.step = 1;
        device.thermometer.conversionMs = 10;
        device.clientOptions.keepAliveS(1);
        device.start();
        turn(1_000);
        device.gateway.recording = false;
        int before = device.gateway.published;
        assertEquals(0, Allocation.of(() -> turn(READINGS * 100L)));
        assertThat(device.gateway.published - before).isBetween(2 * READINGS - 4, 2 * READINGS + 4);
    }

    @Test
    void lossAndRetransmissionAllocateNothing() {
        device.observer = ReadingListener.NOBODY;
        device.sampling.periodMs(10_000);
        device.clientOptions.retries(10);
        device.start();
        turn(1_000);
        device.gateway.recording = false;
        device.gateway.lossPercent = 20;
        assertEquals(0, Allocation.of(() -> turn(READINGS * 1_000L)));
        assertThat(device.link.client().counters().retransmissions()).isPositive();
        assertEquals(1, device.link.connects());
    }

    @Test
    void sleepingAndWakingAllocatesNothing() {
        device.observer = ReadingListener.NOBODY;
        device.sampling.periodMs(0);
        device.sleepOptions = new SleepConfig.Builder().sleepS(2).reportEvery(3);
        device.start();
        turn(1_000);
        device.gateway.recording = false;
        assertEquals(0, Allocation.of(() -> turn(READINGS * 1_000L)));
        assertThat(device.sleep.reports()).isGreaterThan(READINGS / 10);
        assertThat(device.sleep.collections()).isGreaterThan(READINGS / 10);
    }

    @Test
    void droppingTheOldestWhileOfflineAllocatesNothing() {
        device.observer = ReadingListener.NOBODY;
        device.sampling.periodMs(1_000);
        device.gateway.deaf = true;
        device.gateway.recording = false;
        device.start();
        assertEquals(0, Allocation.of(() -> turn(READINGS * 1_000L)));
        assertThat(device.outbox.dropped()).isGreaterThan(READINGS);
    }

    @Test
    void everyFormatAllocatesNothing() {
        Measurement climate = new Measurement(2);
        climate.set(0, Quantity.TEMPERATURE, -21_380);
        climate.set(1, Quantity.HUMIDITY, 40_000);
        byte[] out = new byte[128];
        byte[] node = {'n', '1', '/'};
        ReadingFormat[] formats = {new JsonReading(), new SenmlJson(node), new SenmlCbor(node)};
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < READINGS; i++) {
                for (int f = 0; f < formats.length; f++) {
                    formats[f].write(out, 0, out.length, climate, 0, 2);
                }
            }
        }));
    }

    /** The loop of {@link VirtualDevice#runFor} without its checks, which allocate. */
    private void turn(long ms) {
        long endMs = device.nowMs + ms;
        while (device.nowMs <= endMs) {
            long next = device.runtime.turn(device.nowMs);
            if (!device.gateway.pending()) {
                device.nowMs = next;
            }
        }
    }
}
