package midge.sensors.sht31;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.sensors.driver.SensirionCrc;
import midge.sensors.driver.TimedSensor;

/**
 * Sensirion SHT31 on I2C, one single-shot measurement at high repeatability for every {@link #begin}. Values: temperature, humidity.
 *
 * <p>While it measures, the chip does not acknowledge a read. So a {@code NACK} is taken for "not ready" until patience is over; then
 * the status register tells an absent chip ({@code NACK}) from one that lost the measurement ({@code NO_VALUE}).
 */
public final class Sht31 extends TimedSensor {
    /** Index of {@link Quantity#TEMPERATURE}. */
    public static final int TEMPERATURE = 0;
    /** Index of {@link Quantity#HUMIDITY}. */
    public static final int HUMIDITY = 1;

    /** Longest measurement at high repeatability, §2.2 table 4: 15 ms. */
    private static final int CONVERSION_MS = 15;

    private static final int FRAME = 6;

    private final I2cBus bus;
    private final int address;
    private final byte[] command = new byte[2];
    private final byte[] answer = new byte[FRAME];
    private boolean identified;

    /** @param address {@link Sht31Commands#ADDRESS} or one higher */
    public Sht31(I2cBus bus, int address) {
        super(new int[] {Quantity.TEMPERATURE, Quantity.HUMIDITY});
        this.bus = bus;
        this.address = address;
    }

    /** {@inheritDoc} The chip has no identity; that its status register carries a good CRC must do. */
    protected int start(long nowMs) {
        int status = identified ? Hal.OK : readStatus();
        identified = status == Hal.OK;
        return identified ? send(Sht31Commands.SINGLE_HIGH, 0) : status;
    }

    /** {@inheritDoc} */
    protected int collect() {
        int status = bus.transfer(address, command, 0, 0, answer, 0, FRAME);
        if (status == Hal.NACK) {
            return Hal.WOULD_BLOCK;
        }
        if (status != Hal.OK) {
            return status;
        }
        if (!isSound(0) || !isSound(3)) {
            return Hal.BAD_CRC;
        }
        int temperature = word(0);
        if (temperature == 0 || temperature == 0xFFFF) {
            return Hal.NO_VALUE;
        }
        result(TEMPERATURE, Sht31Commands.milliCelsius(temperature));
        result(HUMIDITY, Sht31Commands.milliPercent(word(3)));
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int onPatienceOver() {
        int status = readStatus();
        return status == Hal.OK ? Hal.NO_VALUE : status;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return CONVERSION_MS;
    }

    /** {@inheritDoc} */
    protected void onFailure() {
        identified = false;
    }

    private int readStatus() {
        int status = send(Sht31Commands.READ_STATUS, 3);
        return status == Hal.OK && !isSound(0) ? Hal.BAD_CRC : status;
    }

    private int send(int code, int answerLength) {
        command[0] = (byte) (code >> 8);
        command[1] = (byte) code;
        return bus.transfer(address, command, 0, 2, answer, 0, answerLength);
    }

    private boolean isSound(int at) {
        return SensirionCrc.of(answer, at, 2) == (answer[at + 2] & 0xFF);
    }

    private int word(int at) {
        return (answer[at] & 0xFF) << 8 | (answer[at + 1] & 0xFF);
    }
}
