package midge.sensors;

import midge.hal.Hal;
import midge.hal.I2cBus;

/** A chip with 16-bit registers that answers and never changes, but for what is written where {@link #writable} says so. */
public final class FixedWords implements I2cBus {
    private final int[] words = new int[16];
    private int writable = -1;
    private int orMask;

    public FixedWords put(int register, int word) {
        words[register] = word;
        return this;
    }

    /** Keeps what is written to one register; reads of it have the bits of {@code orMask} set. */
    public FixedWords writable(int register, int orMask) {
        this.writable = register;
        this.orMask = orMask;
        return this;
    }

    @Override
    public int transfer(int address, byte[] w, int wo, int wl, byte[] r, int ro, int rl) {
        int register = w[wo];
        if (wl == 3 && register == writable) {
            words[register] = (w[wo + 1] & 0xFF) << 8 | (w[wo + 2] & 0xFF) | orMask;
        }
        for (int i = 0; i < rl; i++) {
            r[ro + i] = (byte) (words[register] >> (i == 0 ? 8 : 0));
        }
        return Hal.OK;
    }
}
