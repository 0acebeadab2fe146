package midge.sensors.tmp102;

import midge.sensors.model.WordRegisterModel;

/**
 * A TMP102 as seen from the bus: one-shot and continuous conversion, shutdown, normal and extended format; the alert function is not
 * modelled. A conversion takes the temperature as it is when it starts. Resolution 62.5 m°C: a reading is within
 * {@link #RESOLUTION_MILLI_CELSIUS} of the held value.
 */
public final class Tmp102Model extends WordRegisterModel {
    /** No reading differs more from {@link #heldMilliCelsius}. */
    public static final int RESOLUTION_MILLI_CELSIUS = 32;

    private static final int TYPICAL_MS = 26;
    /** Default rate, 4 Hz; the other rates are not modelled. */
    private static final int CONTINUOUS_MS = 250;

    private static final int WRITABLE = 0x1FD0;

    private int milliCelsius = 20_000;
    private int latchedMilliCelsius;
    private int heldMilliCelsius;
    private boolean firstSinceReset = true;

    /** As after power-on: converting continuously from the first access on. */
    public Tmp102Model() {
        super(4);
        onPowerOn();
    }

    /** @param milliCelsius -40_000..125_000; the scale ends at -128_000 and 127_937 (extended: 150_000) */
    public void milliCelsius(int milliCelsius) {
        this.milliCelsius = milliCelsius;
    }

    /** @return the temperature that the register stands for, exactly as it was set when the conversion began; 0 after power-on */
    public int heldMilliCelsius() {
        return heldMilliCelsius;
    }

    /** {@inheritDoc} */
    protected void onPowerOn() {
        heldMilliCelsius = 0;
        put(Tmp102Registers.TEMPERATURE, 0);
        put(Tmp102Registers.CONFIGURATION, Tmp102Registers.CONFIGURATION_RESET);
        put(Tmp102Registers.T_LOW, Tmp102Registers.T_LOW_RESET);
        put(Tmp102Registers.T_HIGH, Tmp102Registers.T_HIGH_RESET);
        firstSinceReset = true;
    }

    /** {@inheritDoc} */
    protected void update(long nowMs) {
        if (firstSinceReset) {
            firstSinceReset = false;
            convertFor(nowMs, TYPICAL_MS);
        }
        if (!conversionEnds(nowMs)) {
            return;
        }
        heldMilliCelsius = latchedMilliCelsius;
        put(Tmp102Registers.TEMPERATURE, word(latchedMilliCelsius));
        if (isShutDown()) {
            put(Tmp102Registers.CONFIGURATION, configuration() | Tmp102Registers.ONE_SHOT);
        } else {
            convertFor(nowMs, CONTINUOUS_MS);
        }
    }

    /** {@inheritDoc} */
    protected void written(int register, int value, long nowMs) {
        if (register == Tmp102Registers.CONFIGURATION) {
            put(register, value & WRITABLE | Tmp102Registers.RESOLUTION | 0x20);
            if (!isShutDown()) {
                convertFor(nowMs, CONTINUOUS_MS);
            } else if ((value & Tmp102Registers.ONE_SHOT) != 0) {
                convertFor(nowMs, TYPICAL_MS);
            }
        } else if (register != Tmp102Registers.TEMPERATURE) {
            put(register, value);
        }
    }

    private void convertFor(long nowMs, int ms) {
        latchedMilliCelsius = milliCelsius;
        startConversion(nowMs, ms);
    }

    private boolean isShutDown() {
        return (configuration() & Tmp102Registers.SHUTDOWN) != 0;
    }

    private int configuration() {
        return register(Tmp102Registers.CONFIGURATION);
    }

    /** Nearest sixteenth of a degree, in the format that is set. */
    private int word(int milli) {
        boolean extended = (configuration() & Tmp102Registers.EXTENDED) != 0;
        int top = extended ? 150 * 16 : 0x7FF;
        int halves = milli * 2;
        int sixteenths = (halves + (halves < 0 ? -62 : 62)) / 125;
        sixteenths = sixteenths > top ? top : sixteenths;
        if (extended) {
            int bottom = -0x1000;
            return (sixteenths < bottom ? bottom : sixteenths) << 3 | 1;
        }
        return (sixteenths < -0x800 ? -0x800 : sixteenths) << 4;
    }
}
