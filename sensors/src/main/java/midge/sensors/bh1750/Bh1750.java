package midge.sensors.bh1750;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * ROHM BH1750FVI on I2C, one measurement at high resolution for every {@link #begin}; the chip powers down by itself afterwards. One
 * value, illuminance, in steps of 0.833 lx up to 54.6 klx.
 *
 * <p>The chip has no identity and no ready flag, and a result that was never measured reads 0 like darkness. So the old result is
 * cleared before each measurement, and a 0 is believed only when a second measurement, given twice the time, repeats it.
 * {@code NO_VALUE} means saturation.
 */
public final class Bh1750 implements Sensor {
    private final I2cBus bus;
    private final int address;
    private final byte[] command = new byte[1];
    private final byte[] answer = new byte[2];
    private boolean measuring;
    private boolean repeated;
    private long readyAtMs = Long.MAX_VALUE;
    private int milliLux;

    /** @param address {@link Bh1750Commands#ADDRESS} or {@link Bh1750Commands#ADDRESS_HIGH} */
    public Bh1750(I2cBus bus, int address) {
        this.bus = bus;
        this.address = address;
    }

    /** {@inheritDoc} */
    public int begin(long nowMs) {
        int status = send(Bh1750Commands.POWER_ON);
        if (status == Hal.OK) {
            status = send(Bh1750Commands.RESET);
        }
        if (status == Hal.OK) {
            status = send(Bh1750Commands.ONE_TIME_HIGH);
        }
        repeated = false;
        return status == Hal.OK ? measuringUntil(nowMs + Bh1750Commands.HIGH_MS) : over(status);
    }

    /** {@inheritDoc} */
    public long readyAtMs() {
        return readyAtMs;
    }

    /** {@inheritDoc} */
    public int poll(long nowMs) {
        if (!measuring || nowMs < readyAtMs) {
            return Hal.WOULD_BLOCK;
        }
        int status = bus.transfer(address, command, 0, 0, answer, 0, answer.length);
        if (status != Hal.OK) {
            return over(status);
        }
        int counts = (answer[0] & 0xFF) << 8 | (answer[1] & 0xFF);
        if (counts == Bh1750Commands.SATURATED) {
            return over(Hal.NO_VALUE);
        }
        if (counts == 0 && !repeated) {
            return repeat(nowMs);
        }
        milliLux = Bh1750Commands.milliLux(counts);
        return over(Hal.OK);
    }

    /** {@inheritDoc} */
    public int valueCount() {
        return 1;
    }

    /** {@inheritDoc} */
    public int quantity(int index) {
        return index == 0 ? Quantity.ILLUMINANCE : Quantity.NONE;
    }

    /** {@inheritDoc} */
    public int value(int index) {
        return milliLux;
    }

    private int repeat(long nowMs) {
        repeated = true;
        int status = send(Bh1750Commands.ONE_TIME_HIGH);
        if (status != Hal.OK) {
            return over(status);
        }
        measuringUntil(nowMs + 2 * Bh1750Commands.HIGH_MS);
        return Hal.WOULD_BLOCK;
    }

    private int send(int octet) {
        command[0] = (byte) octet;
        return bus.transfer(address, command, 0, 1, answer, 0, 0);
    }

    private int measuringUntil(long atMs) {
        measuring = true;
        readyAtMs = atMs;
        return Hal.OK;
    }

    private int over(int status) {
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
        return status;
    }
}
