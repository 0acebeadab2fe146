package midge.sensors.mcp3008;

import midge.hal.Hal;
import midge.hal.SpiBus;

/**
 * An MCP3008 behind its select line: single-ended and differential conversions of the voltages as they are. Resolution 1/1024 of the
 * reference, cut: a reading is at most one step below the held value.
 */
public final class Mcp3008Model implements SpiBus {
    private final int referenceMillivolt;
    private final int[] microvolts = new int[8];
    private boolean absent;
    private boolean failing;
    private int heldMicrovolt;

    /** All channels at 0 V. @param referenceMillivolt at the VREF pin, 250..5_500 */
    public Mcp3008Model(int referenceMillivolt) {
        this.referenceMillivolt = referenceMillivolt;
    }

    /** @param channel 0..7. @param microvolt against ground; beyond 0..reference the result stays at its end */
    public void microvolt(int channel, int microvolt) {
        microvolts[channel] = microvolt;
    }

    /** @return the voltage of the last conversion, exactly */
    public int heldMicrovolt() {
        return heldMicrovolt;
    }

    /** Fault: nobody drives the line, which rests high. */
    public void absent(boolean absent) {
        this.absent = absent;
    }

    /** Fault: transfers are a {@link Hal#BUS_ERROR}. */
    public void failing(boolean failing) {
        this.failing = failing;
    }

    /** {@inheritDoc} */
    public int transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int length) {
        if (failing) {
            return Hal.BUS_ERROR;
        }
        boolean converts = !absent && length >= 3 && write[writeOffset] == Mcp3008.START;
        int counts = converts ? convert(write[writeOffset + 1] & 0xFF) : 0;
        for (int i = 0; i < length; i++) {
            read[readOffset + i] = (byte) 0xFF;
        }
        if (converts) {
            // Five undefined bits read 1, then the null bit, then ten bits of result.
            read[readOffset + 1] = (byte) (0xF8 | counts >> 8);
            read[readOffset + 2] = (byte) counts;
        }
        return Hal.OK;
    }

    private int convert(int control) {
        int channel = control >> 4 & 0x07;
        boolean single = (control & Mcp3008.SINGLE_ENDED) != 0;
        heldMicrovolt = microvolts[channel] - (single ? 0 : microvolts[channel ^ 1]);
        long counts = heldMicrovolt * 1024L / (referenceMillivolt * 1_000L);
        return counts < 0 ? 0 : counts > Mcp3008.FULL_SCALE ? Mcp3008.FULL_SCALE : (int) counts;
    }
}
