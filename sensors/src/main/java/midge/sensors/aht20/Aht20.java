package midge.sensors.aht20;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.sensors.driver.SensirionCrc;
import midge.sensors.driver.TimedSensor;

/**
 * Aosong AHT20 on I2C, one triggered measurement for every {@link #begin}. Values: temperature, humidity.
 *
 * <p>{@link #begin} answers {@code WOULD_BLOCK} while the chip initialises after power-on. {@code NO_VALUE} means that it lost its
 * initialisation in the middle, or that a converter was at its end.
 */
public final class Aht20 extends TimedSensor {
    /** Index of {@link Quantity#TEMPERATURE}. */
    public static final int TEMPERATURE = 0;
    /** Index of {@link Quantity#HUMIDITY}. */
    public static final int HUMIDITY = 1;

    /** §5.4 step 3. */
    private static final int CONVERSION_MS = 80;
    /** §5.4 step 1: wait after initialisation. */
    private static final int INITIALISE_MS = 10;

    private static final int FRAME = 7;

    private final I2cBus bus;
    private final byte[] command = new byte[3];
    private final byte[] answer = new byte[FRAME];

    /** At {@link Aht20Commands#ADDRESS}. */
    public Aht20(I2cBus bus) {
        super(new int[] {Quantity.TEMPERATURE, Quantity.HUMIDITY});
        this.bus = bus;
    }

    /** {@inheritDoc} */
    protected int start(long nowMs) {
        command[0] = Aht20Commands.READ_STATUS;
        int status = bus.transfer(Aht20Commands.ADDRESS, command, 0, 1, answer, 0, 1);
        if (status != Hal.OK) {
            return status;
        }
        if ((answer[0] & Aht20Commands.CALIBRATED) == 0) {
            status = send(Aht20Commands.INITIALISE, Aht20Commands.INITIALISE_ARGUMENT);
            return status == Hal.OK ? Hal.WOULD_BLOCK : status;
        }
        return send(Aht20Commands.TRIGGER, Aht20Commands.TRIGGER_ARGUMENT);
    }

    /** {@inheritDoc} */
    protected int collect() {
        int status = bus.transfer(Aht20Commands.ADDRESS, command, 0, 0, answer, 0, FRAME);
        if (status != Hal.OK) {
            return status;
        }
        if ((answer[0] & Aht20Commands.BUSY) != 0) {
            return Hal.WOULD_BLOCK;
        }
        if (SensirionCrc.of(answer, 0, FRAME - 1) != (answer[FRAME - 1] & 0xFF)) {
            return Hal.BAD_CRC;
        }
        int humidity = (answer[1] & 0xFF) << 12 | (answer[2] & 0xFF) << 4 | (answer[3] & 0xFF) >> 4;
        int temperature = (answer[3] & 0x0F) << 16 | (answer[4] & 0xFF) << 8 | (answer[5] & 0xFF);
        boolean calibrated = (answer[0] & Aht20Commands.CALIBRATED) != 0;
        if (!calibrated || temperature == 0 || temperature == 0xFFFFF) {
            return Hal.NO_VALUE;
        }
        result(TEMPERATURE, Aht20Commands.milliCelsius(temperature));
        result(HUMIDITY, Aht20Commands.milliPercent(humidity));
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return CONVERSION_MS;
    }

    /** {@inheritDoc} */
    protected int retryMs() {
        return INITIALISE_MS;
    }

    /** {@inheritDoc} */
    protected void onFailure() {}

    private int send(int code, int argument) {
        command[0] = (byte) code;
        command[1] = (byte) argument;
        command[2] = 0;
        return bus.transfer(Aht20Commands.ADDRESS, command, 0, 3, answer, 0, 0);
    }
}
