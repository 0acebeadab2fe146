package midge.sensors.bme280;

import midge.hal.Hal;
import midge.sensors.model.I2cModel;

/**
 * A BME280 (or BMP280) as seen from the bus: identity, calibration, forced and normal mode, oversampling, status and data registers.
 * A measurement takes the physical values as they are when it starts; they reach the registers when it ends (§9.1 typical times).
 *
 * <p>Resolution at x1 as the driver uses it: 0.005 °C in the converter and 0.01 °C in the formula, 2.6 Pa, 0.008 % RH; a reading is
 * within {@link #RESOLUTION_MILLI_CELSIUS}, {@link #RESOLUTION_PASCAL} and {@link #RESOLUTION_MILLI_PERCENT} of the held value.
 * Normal mode measures without standby time; the IIR filter is not modelled.
 */
public final class Bme280Model extends I2cModel {
    /** No reading differs more from {@link #heldMilliCelsius}. */
    public static final int RESOLUTION_MILLI_CELSIUS = 10;
    /** No reading differs more from {@link #heldPascal}. */
    public static final int RESOLUTION_PASCAL = 3;
    /** No reading differs more from {@link #heldMilliPercent}. */
    public static final int RESOLUTION_MILLI_PERCENT = 12;

    /** T1..P9 of the data sheet's worked example (BST-BMP280-DS001 §3.12), one unused octet, H1. */
    private static final byte[] CALIBRATION_LOW = {
        0x70,
        0x6B,
        0x43,
        0x67,
        0x18,
        (byte) 0xFC,
        0x7D,
        (byte) 0x8E,
        0x43,
        (byte) 0xD6,
        (byte) 0xD0,
        0x0B,
        0x27,
        0x0B,
        (byte) 0x8C,
        0x00,
        (byte) 0xF9,
        (byte) 0xFF,
        (byte) 0x8C,
        0x3C,
        (byte) 0xF8,
        (byte) 0xC6,
        0x70,
        0x17,
        0x00,
        0x4B
    };
    /** H2..H6 = 362, 0, 313, 50, 30. */
    private static final byte[] CALIBRATION_HIGH = {0x6A, 0x01, 0x00, 0x13, 0x29, 0x03, 0x1E};

    private final byte[] registers = new byte[256];
    private final Bme280Calibration calibration = new Bme280Calibration();
    private final int chip;
    private int pointer;
    private int identity;
    /** ctrl_hum counts only from the next write to ctrl_meas (§5.4.3). */
    private int humidityOversampling;

    private int milliCelsius = 20_000;
    private int pascal = 101_325;
    private int milliPercent = 50_000;
    private int latchedMilliCelsius;
    private int latchedPascal;
    private int latchedMilliPercent;
    private int heldMilliCelsius;
    private int heldPascal;
    private int heldMilliPercent;

    /** A BME280. */
    public Bme280Model() {
        this(Bme280Registers.BME280);
    }

    /** @param chip {@link Bme280Registers#BME280} or {@link Bme280Registers#BMP280} */
    public Bme280Model(int chip) {
        this.chip = chip;
        this.identity = chip;
        calibration.load(CALIBRATION_LOW, 0);
        calibration.loadHumidity(CALIBRATION_HIGH, 0);
        onPowerOn();
    }

    /** @param milliCelsius -40_000..85_000; beyond what the converter reaches it stays at its end */
    public void milliCelsius(int milliCelsius) {
        this.milliCelsius = milliCelsius;
    }

    /** @param pascal 30_000..110_000; beyond what the converter reaches it stays at its end */
    public void pascal(int pascal) {
        this.pascal = pascal;
    }

    /** @param milliPercent 0..100_000 */
    public void milliPercent(int milliPercent) {
        this.milliPercent = milliPercent;
    }

    /** Fault: the id register reads {@code id} until set back. */
    public void identity(int id) {
        identity = id;
        registers[Bme280Registers.ID] = (byte) id;
    }

    /** @return the temperature that the registers stand for, exactly as it was set when the measurement began */
    public int heldMilliCelsius() {
        return heldMilliCelsius;
    }

    /** @return the pressure that the registers stand for */
    public int heldPascal() {
        return heldPascal;
    }

    /** @return the relative humidity that the registers stand for */
    public int heldMilliPercent() {
        return heldMilliPercent;
    }

    /** {@inheritDoc} */
    protected void onPowerOn() {
        for (int i = 0; i < registers.length; i++) {
            registers[i] = 0;
        }
        registers[Bme280Registers.ID] = (byte) identity;
        System.arraycopy(CALIBRATION_LOW, 0, registers, Bme280Registers.CALIBRATION_LOW, CALIBRATION_LOW.length);
        if (chip == Bme280Registers.BME280) {
            System.arraycopy(CALIBRATION_HIGH, 0, registers, Bme280Registers.CALIBRATION_HIGH, CALIBRATION_HIGH.length);
        }
        put20(Bme280Registers.DATA, Bme280Registers.SKIPPED_20);
        put20(Bme280Registers.DATA + 3, Bme280Registers.SKIPPED_20);
        putHumidity(Bme280Registers.SKIPPED_16);
        humidityOversampling = 0;
        pointer = 0;
    }

    /** {@inheritDoc} The first octet is the register; more follow as pairs of register and value (§6.2.1). */
    protected int onWrite(byte[] octets, int offset, int length, long nowMs) {
        update(nowMs);
        if (length > 0) {
            pointer = octets[offset] & 0xFF;
        }
        for (int i = 0; i + 1 < length; i += 2) {
            set(octets[offset + i] & 0xFF, octets[offset + i + 1] & 0xFF, nowMs);
        }
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int onRead(byte[] into, int offset, int length, long nowMs) {
        update(nowMs);
        for (int i = 0; i < length; i++) {
            into[offset + i] = registers[pointer];
            pointer = (pointer + 1) & 0xFF;
        }
        return Hal.OK;
    }

    private void set(int register, int value, long nowMs) {
        if (register == Bme280Registers.RESET && value == Bme280Registers.RESET_WORD) {
            powerCycle();
        } else if (register == Bme280Registers.CTRL_HUM && chip == Bme280Registers.BME280
                || register == Bme280Registers.CONFIG) {
            registers[register] = (byte) value;
        } else if (register == Bme280Registers.CTRL_MEAS) {
            registers[register] = (byte) value;
            humidityOversampling = oversampling(registers[Bme280Registers.CTRL_HUM]);
            if ((value & Bme280Registers.MODE_NORMAL) != 0) {
                measure(nowMs);
            }
        }
    }

    private void measure(long nowMs) {
        latchedMilliCelsius = milliCelsius;
        latchedPascal = pascal;
        latchedMilliPercent = milliPercent;
        registers[Bme280Registers.STATUS] |= Bme280Registers.STATUS_MEASURING;
        int halfMs = 2 + 4 * temperatureOversampling();
        halfMs += pressureOversampling() == 0 ? 0 : 4 * pressureOversampling() + 1;
        halfMs += humidityOversampling == 0 ? 0 : 4 * humidityOversampling + 1;
        startConversion(nowMs, (halfMs + 1) / 2);
    }

    private void update(long nowMs) {
        if (!conversionEnds(nowMs)) {
            return;
        }
        convert();
        registers[Bme280Registers.STATUS] &= ~Bme280Registers.STATUS_MEASURING;
        if ((registers[Bme280Registers.CTRL_MEAS] & Bme280Registers.MODE_NORMAL) == Bme280Registers.MODE_NORMAL) {
            measure(nowMs);
        } else {
            registers[Bme280Registers.CTRL_MEAS] &= ~Bme280Registers.MODE_NORMAL;
        }
    }

    private void convert() {
        heldMilliCelsius = latchedMilliCelsius;
        heldPascal = latchedPascal;
        heldMilliPercent = latchedMilliPercent;
        int adcT = rounded(temperatureCounts((int) (latchedMilliCelsius * 5120L / 1000)), temperatureOversampling());
        int fine = calibration.fineTemperature(adcT);
        int adcP = rounded(pressureCounts(latchedPascal * 256L, fine), pressureOversampling());
        put20(Bme280Registers.DATA, pressureOversampling() == 0 ? Bme280Registers.SKIPPED_20 : adcP);
        put20(Bme280Registers.DATA + 3, temperatureOversampling() == 0 ? Bme280Registers.SKIPPED_20 : adcT);
        putHumidity(humidityOversampling == 0 ? Bme280Registers.SKIPPED_16 : humidityCounts(latchedMilliPercent, fine));
    }

    /** Turns the compensation round by bisection: counts rise with temperature. */
    private int temperatureCounts(int fine) {
        int low = 0;
        for (int step = 1 << 19; step > 0; step >>= 1) {
            low += calibration.fineTemperature(low + step) <= fine ? step : 0;
        }
        return low;
    }

    /** Counts fall with pressure. */
    private int pressureCounts(long pressure256, int fine) {
        int low = 0;
        for (int step = 1 << 19; step > 0; step >>= 1) {
            low += calibration.pressure256(low + step, fine) >= pressure256 ? step : 0;
        }
        return low;
    }

    /** Counts rise with humidity. */
    private int humidityCounts(int milliPercent, int fine) {
        int low = 1;
        int high = 0xFFFE;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (calibration.humidity1024(middle, fine) * 1000L <= milliPercent * 1024L) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** 16 bits at x1 and one more for every doubling, left-justified in 20 (§3.4.1). */
    private static int rounded(int counts20, int oversampling) {
        int dropped = 4;
        for (int times = 1; times < oversampling; times <<= 1) {
            dropped--;
        }
        int half = dropped == 0 ? 0 : 1 << (dropped - 1);
        int top = 0xFFFFF >> dropped;
        int counts = (counts20 + half) >> dropped;
        return (counts > top ? top : counts) << dropped;
    }

    private int temperatureOversampling() {
        return oversampling(registers[Bme280Registers.CTRL_MEAS] >> 5);
    }

    private int pressureOversampling() {
        return oversampling(registers[Bme280Registers.CTRL_MEAS] >> 2);
    }

    /** @return 0 (off), 1, 2, 4, 8 or 16 from the low three bits */
    private static int oversampling(int code) {
        int bits = code & 0x07;
        return bits == 0 ? 0 : bits > 5 ? 16 : 1 << (bits - 1);
    }

    private void put20(int at, int value) {
        registers[at] = (byte) (value >> 12);
        registers[at + 1] = (byte) (value >> 4);
        registers[at + 2] = (byte) (value << 4);
    }

    private void putHumidity(int value) {
        if (chip == Bme280Registers.BME280) {
            registers[Bme280Registers.DATA + 6] = (byte) (value >> 8);
            registers[Bme280Registers.DATA + 7] = (byte) value;
        }
    }
}
