package midge.sensors.bme280;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * Bosch BME280 or BMP280 on I2C, one forced-mode measurement at oversampling x1 for every {@link #begin}: the chip sleeps between
 * them. Values in this order: temperature (steps of 0.01 °C), pressure (2.6 Pa), humidity (0.008 %, BME280 only).
 *
 * <p>{@code NO_VALUE} means the chip was reset in the middle, a converter was at its end, or the measurement never finished;
 * {@code WRONG_CHIP} that another chip answers. After any failure the next {@link #begin} checks identity and calibration again.
 */
public final class Bme280 implements Sensor {
    /** Index of {@link Quantity#TEMPERATURE}. */
    public static final int TEMPERATURE = 0;
    /** Index of {@link Quantity#PRESSURE}. */
    public static final int PRESSURE = 1;
    /** Index of {@link Quantity#HUMIDITY}. */
    public static final int HUMIDITY = 2;

    /** §9.1, longest time at x1 for all three: 1.25 + 2.3 + 2.3 + 0.575 + 2.3 + 0.575 = 9.3 ms, rounded up. */
    private static final int CONVERSION_MS = 10;

    private static final int RETRY_MS = 2;
    /** How long after {@link #CONVERSION_MS} a chip may still claim to measure before we give it up. */
    private static final int PATIENCE_MS = 50;

    private static final byte HUMIDITY_X1 = 0x01;
    private static final byte FORCED_X1_X1 = 0x25;
    /** At x1 the converters give 16 bits, left-justified in 20: the four low bits are 0 (§3.4.1). */
    private static final int TOP_16_OF_20 = 0xFFFF0;

    private final I2cBus bus;
    private final int address;
    private final int chip;
    private final Bme280Calibration calibration = new Bme280Calibration();
    private final byte[] start = {
        (byte) Bme280Registers.CTRL_HUM, HUMIDITY_X1, (byte) Bme280Registers.CTRL_MEAS, FORCED_X1_X1
    };
    private final byte[] register = new byte[1];
    private final byte[] answer = new byte[Bme280Registers.CALIBRATION_LOW_LENGTH];
    private final int[] values = new int[3];
    private boolean identified;
    private boolean measuring;
    private long readyAtMs = Long.MAX_VALUE;
    private long giveUpAtMs;

    /** A BME280. @param address {@link Bme280Registers#ADDRESS} or one higher */
    public Bme280(I2cBus bus, int address) {
        this(bus, address, Bme280Registers.BME280);
    }

    /** @param chip {@link Bme280Registers#BME280} or {@link Bme280Registers#BMP280}, the one that must answer */
    public Bme280(I2cBus bus, int address, int chip) {
        this.bus = bus;
        this.address = address;
        this.chip = chip;
    }

    /** {@inheritDoc} {@code WOULD_BLOCK} while a chip that was just switched on still copies its calibration. */
    public int begin(long nowMs) {
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
        int status = identified ? Hal.OK : identify();
        if (status == Hal.WOULD_BLOCK) {
            readyAtMs = nowMs + RETRY_MS;
            return status;
        }
        if (status == Hal.OK) {
            int skip = hasHumidity() ? 0 : 2;
            status = bus.transfer(address, start, skip, start.length - skip, answer, 0, 0);
        }
        if (status != Hal.OK) {
            return fail(status);
        }
        measuring = true;
        readyAtMs = nowMs + CONVERSION_MS;
        giveUpAtMs = readyAtMs + PATIENCE_MS;
        return Hal.OK;
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
        int status = read(Bme280Registers.STATUS, 1);
        if (status != Hal.OK) {
            return fail(status);
        }
        if ((answer[0] & Bme280Registers.STATUS_MEASURING) != 0) {
            readyAtMs = nowMs + RETRY_MS;
            return nowMs < giveUpAtMs ? Hal.WOULD_BLOCK : fail(Hal.NO_VALUE);
        }
        status = read(Bme280Registers.DATA, hasHumidity() ? 8 : 6);
        if (status == Hal.OK) {
            status = compensate();
        }
        if (status != Hal.OK) {
            return fail(status);
        }
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
        return Hal.OK;
    }

    /** {@inheritDoc} 3, or 2 for a BMP280. */
    public int valueCount() {
        return hasHumidity() ? 3 : 2;
    }

    /** {@inheritDoc} */
    public int quantity(int index) {
        if (index == TEMPERATURE) {
            return Quantity.TEMPERATURE;
        }
        if (index == PRESSURE) {
            return Quantity.PRESSURE;
        }
        return index == HUMIDITY && hasHumidity() ? Quantity.HUMIDITY : Quantity.NONE;
    }

    /** {@inheritDoc} */
    public int value(int index) {
        return values[index];
    }

    private boolean hasHumidity() {
        return chip == Bme280Registers.BME280;
    }

    private int identify() {
        int status = read(Bme280Registers.ID, 1);
        if (status != Hal.OK) {
            return status;
        }
        if (!isExpected(answer[0] & 0xFF)) {
            return Hal.WRONG_CHIP;
        }
        status = read(Bme280Registers.STATUS, 1);
        if (status == Hal.OK && (answer[0] & Bme280Registers.STATUS_IM_UPDATE) != 0) {
            return Hal.WOULD_BLOCK;
        }
        return status == Hal.OK ? readCalibration() : status;
    }

    private boolean isExpected(int id) {
        return id == chip || chip == Bme280Registers.BMP280 && (id == 0x56 || id == 0x57);
    }

    private int readCalibration() {
        int status = read(Bme280Registers.CALIBRATION_LOW, Bme280Registers.CALIBRATION_LOW_LENGTH);
        if (status == Hal.OK && !calibration.load(answer, 0)) {
            status = Hal.NO_VALUE;
        }
        if (status == Hal.OK && hasHumidity()) {
            status = read(Bme280Registers.CALIBRATION_HIGH, Bme280Registers.CALIBRATION_HIGH_LENGTH);
            calibration.loadHumidity(answer, 0);
        }
        identified = status == Hal.OK;
        return status;
    }

    /** Judges the burst in {@link #answer} and turns it into values; the old values stay if it is no good. */
    private int compensate() {
        int adcP = adc20(0);
        int adcT = adc20(3);
        int adcH = (answer[6] & 0xFF) << 8 | (answer[7] & 0xFF);
        // One field alone may happen to be mid-scale; both are so only when nothing was measured.
        if (adcP == Bme280Registers.SKIPPED_20 && adcT == Bme280Registers.SKIPPED_20) {
            return Hal.NO_VALUE;
        }
        if (atEnd(adcP) || atEnd(adcT) || hasHumidity() && (adcH == 0 || adcH == 0xFFFF)) {
            return Hal.NO_VALUE;
        }
        int fine = calibration.fineTemperature(adcT);
        long pressure256 = calibration.pressure256(adcP, fine);
        if (pressure256 < 0) {
            return Hal.NO_VALUE;
        }
        values[TEMPERATURE] = Bme280Calibration.milliCelsius(fine);
        values[PRESSURE] = (int) ((pressure256 + 128) >> 8);
        if (hasHumidity()) {
            values[HUMIDITY] = (calibration.humidity1024(adcH, fine) * 1000 + 512) >> 10;
        }
        return Hal.OK;
    }

    private int adc20(int at) {
        return (answer[at] & 0xFF) << 12 | (answer[at + 1] & 0xFF) << 4 | (answer[at + 2] & 0xFF) >> 4;
    }

    private static boolean atEnd(int adc) {
        return (adc & TOP_16_OF_20) == 0 || (adc & TOP_16_OF_20) == TOP_16_OF_20;
    }

    private int read(int first, int length) {
        register[0] = (byte) first;
        return bus.transfer(address, register, 0, 1, answer, 0, length);
    }

    private int fail(int status) {
        measuring = false;
        identified = false;
        readyAtMs = Long.MAX_VALUE;
        return status;
    }
}
