package midge.sensors.ads1115;

import midge.sensors.model.WordRegisterModel;

/**
 * An ADS1115 as seen from the bus: all eight input pairs, all ranges and rates, single shots and continuous conversion; the comparator
 * is not modelled. A conversion takes the voltages as they are when it starts. Resolution is one bit of the range: a reading is within
 * half of it (and half a microvolt) of the held value.
 */
public final class Ads1115Model extends WordRegisterModel {
    private static final int RATE_SHIFT = 5;
    /** Typical conversion times at 8, 16, 32, 64, 128, 250, 475 and 860 per second, rounded up. */
    private static final int[] CONVERSION_MS = {125, 63, 32, 16, 8, 4, 3, 2};
    /** Positive and negative input of each multiplexer code; -1 is ground. */
    private static final int[] POSITIVE = {0, 0, 1, 2, 0, 1, 2, 3};

    private static final int[] NEGATIVE = {1, 3, 3, 3, -1, -1, -1, -1};

    private final int[] microvolts = new int[4];
    private int latchedMicrovolt;
    private int heldMicrovolt;

    /** As after power-on. */
    public Ads1115Model() {
        super(4);
        onPowerOn();
    }

    /** @param input 0..3. @param microvolt against ground; beyond the range the result stays at its end */
    public void microvolt(int input, int microvolt) {
        microvolts[input] = microvolt;
    }

    /** @return the voltage that the conversion register stands for, exactly as it was when the conversion began */
    public int heldMicrovolt() {
        return heldMicrovolt;
    }

    /** {@inheritDoc} */
    protected void onPowerOn() {
        heldMicrovolt = 0;
        put(Ads1115Registers.CONVERSION, 0);
        put(Ads1115Registers.CONFIG, Ads1115Registers.CONFIG_RESET);
        put(2, 0x8000);
        put(3, 0x7FFF);
    }

    /** {@inheritDoc} */
    protected void update(long nowMs) {
        if (!conversionEnds(nowMs)) {
            return;
        }
        heldMicrovolt = latchedMicrovolt;
        int range = register(Ads1115Registers.CONFIG) >> Ads1115Registers.RANGE_SHIFT & 0x07;
        put(Ads1115Registers.CONVERSION, word(latchedMicrovolt, Ads1115Registers.sixteenths(range)));
        if ((register(Ads1115Registers.CONFIG) & Ads1115Registers.SINGLE_SHOT) == 0) {
            convert(nowMs);
        } else {
            put(Ads1115Registers.CONFIG, register(Ads1115Registers.CONFIG) | Ads1115Registers.START);
        }
    }

    /** {@inheritDoc} */
    protected void written(int register, int value, long nowMs) {
        if (register != Ads1115Registers.CONFIG) {
            if (register != Ads1115Registers.CONVERSION) {
                put(register, value);
            }
            return;
        }
        boolean single = (value & Ads1115Registers.SINGLE_SHOT) != 0;
        boolean starts = !single || (value & Ads1115Registers.START) != 0;
        put(register, starts ? value & ~Ads1115Registers.START : value | Ads1115Registers.START);
        if (starts) {
            convert(nowMs);
        }
    }

    private void convert(long nowMs) {
        int config = register(Ads1115Registers.CONFIG);
        int mux = config >> Ads1115Registers.MUX_SHIFT & 0x07;
        int negative = NEGATIVE[mux] < 0 ? 0 : microvolts[NEGATIVE[mux]];
        latchedMicrovolt = microvolts[POSITIVE[mux]] - negative;
        startConversion(nowMs, CONVERSION_MS[config >> RATE_SHIFT & 0x07]);
    }

    private static int word(int microvolt, int sixteenths) {
        long exact = microvolt * 16L;
        long bits = (exact + (exact < 0 ? -sixteenths / 2 : sixteenths / 2)) / sixteenths;
        return bits > 0x7FFF ? 0x7FFF : bits < -0x8000 ? -0x8000 : (int) bits;
    }
}
