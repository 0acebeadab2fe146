package midge.sensors.ina219;

import midge.sensors.model.WordRegisterModel;

/**
 * An INA219 with its shunt as seen from the bus: triggered and continuous conversion, calibration, ready and overflow marks, at 12
 * bits and the widest shunt range (±320 mV). A conversion takes voltage and current as they are when it starts. Resolution 4 mV, and
 * for the current the larger of 10 µV over the shunt and one bit; both are cut, not rounded.
 */
public final class Ina219Model extends WordRegisterModel {
    private static final int TYPICAL_MS = 2;
    private static final int MOST_SHUNT = 32_000;
    private static final int MOST_BUS = 8_000;

    private final int shuntMilliohm;
    private boolean startsByItself;
    private int microvolt = 12_000_000;
    private int microamp;
    private int latchedMicrovolt;
    private int latchedMicroamp;
    private int heldMicrovolt;
    private int heldMicroamp;

    /** As after power-on. @param shuntMilliohm 1..10_000 */
    public Ina219Model(int shuntMilliohm) {
        super(6);
        this.shuntMilliohm = shuntMilliohm;
        onPowerOn();
    }

    /** @param microvolt 0..32_000_000; beyond it the converter stays at its end */
    public void microvolt(int microvolt) {
        this.microvolt = microvolt;
    }

    /** @param microamp either way; beyond what drops 320 mV the converter stays at its end and the overflow mark is set */
    public void microamp(int microamp) {
        this.microamp = microamp;
    }

    /** @return the bus voltage that the registers stand for, exactly as it was when the conversion began */
    public int heldMicrovolt() {
        return heldMicrovolt;
    }

    /** @return the current that the registers stand for, exactly as it was when the conversion began */
    public int heldMicroamp() {
        return heldMicroamp;
    }

    /** {@inheritDoc} */
    protected void onPowerOn() {
        for (int i = 0; i < 6; i++) {
            put(i, 0);
        }
        put(Ina219Registers.CONFIG, Ina219Registers.CONFIG_RESET);
        heldMicrovolt = 0;
        heldMicroamp = 0;
        startsByItself = true;
    }

    /** {@inheritDoc} */
    protected void update(long nowMs) {
        if (startsByItself) {
            startsByItself = false;
            convert(nowMs);
        }
        if (conversionEnds(nowMs)) {
            finish();
            if ((register(Ina219Registers.CONFIG) & Ina219Registers.MODE_CONTINUOUS) != 0) {
                convert(nowMs);
            }
        }
    }

    /** {@inheritDoc} */
    protected void written(int register, int value, long nowMs) {
        if (register == Ina219Registers.CALIBRATION) {
            put(register, value & ~1);
        } else if (register == Ina219Registers.CONFIG && (value & Ina219Registers.RESET) != 0) {
            powerCycle();
        } else if (register == Ina219Registers.CONFIG) {
            put(register, value);
            notReady();
            if ((value & Ina219Registers.MODE) == 0 || (value & Ina219Registers.MODE) == 4) {
                stopConversion();
            } else {
                convert(nowMs);
            }
        }
    }

    /** {@inheritDoc} Reading the power clears the ready mark. */
    protected void wasRead(int register) {
        if (register == Ina219Registers.POWER) {
            notReady();
        }
    }

    private void notReady() {
        put(Ina219Registers.BUS, register(Ina219Registers.BUS) & ~Ina219Registers.BUS_READY);
    }

    private void convert(long nowMs) {
        latchedMicrovolt = microvolt;
        latchedMicroamp = microamp;
        startConversion(nowMs, TYPICAL_MS);
    }

    private void finish() {
        heldMicrovolt = latchedMicrovolt;
        heldMicroamp = latchedMicroamp;
        long drop = (long) latchedMicroamp * shuntMilliohm / (1_000L * Ina219Registers.SHUNT_MICROVOLT);
        int shunt = clamp(drop, -MOST_SHUNT, MOST_SHUNT);
        int bus = clamp(latchedMicrovolt / Ina219Registers.BUS_MICROVOLT, 0, MOST_BUS);
        long current = (long) shunt * register(Ina219Registers.CALIBRATION) / 4_096;
        long power = (current < 0 ? -current : current) * bus / 5_000;
        boolean overflow = drop != shunt || current > 0x7FFF || current < -0x8000 || power > 0xFFFF;
        put(Ina219Registers.SHUNT, shunt);
        put(Ina219Registers.CURRENT, clamp(current, -0x8000, 0x7FFF));
        put(Ina219Registers.POWER, clamp(power, 0, 0xFFFF));
        int marks = Ina219Registers.BUS_READY | (overflow ? Ina219Registers.BUS_OVERFLOW : 0);
        put(Ina219Registers.BUS, bus << 3 | marks);
    }

    private static int clamp(long value, int least, int most) {
        return value < least ? least : value > most ? most : (int) value;
    }
}
