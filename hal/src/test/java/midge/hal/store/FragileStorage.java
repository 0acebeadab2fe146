package midge.hal.store;

import java.util.Arrays;
import midge.hal.Hal;

/** Storage whose power fails after a number of steps: each octet appended, each truncation and each sync is one. */
final class FragileStorage implements Storage {
    /** Power shared by the storages of one board. */
    static final class Power {
        int stepsLeft = Integer.MAX_VALUE;
        int used;

        boolean step() {
            used++;
            return stepsLeft-- > 0;
        }
    }

    private final Power power;
    private byte[] octets = new byte[0];
    private int durable;
    int failAppends;
    boolean failTruncates;
    boolean failSyncs;
    int capacity = Integer.MAX_VALUE;

    FragileStorage(Power power) {
        this.power = power;
    }

    /** @return octets that a power cut may take now */
    int unsynced() {
        return octets.length - durable;
    }

    /** What is left after the cut: the last {@code lost} octets are gone. */
    void afterCut(int lost) {
        octets = Arrays.copyOf(octets, octets.length - Math.min(lost, unsynced()));
        durable = octets.length;
    }

    void flip(int at, int mask) {
        octets[at] ^= (byte) mask;
    }

    @Override
    public long length() {
        return octets.length;
    }

    @Override
    public int append(byte[] bytes, int offset, int length) {
        if (octets.length + length > capacity) {
            return Hal.FULL;
        }
        boolean fails = failAppends > 0 && --failAppends == 0;
        int count = fails ? length / 2 : length;
        for (int i = 0; i < count; i++) {
            if (!power.step()) {
                return Hal.GONE;
            }
            octets = Arrays.copyOf(octets, octets.length + 1);
            octets[octets.length - 1] = bytes[offset + i];
        }
        return fails ? Hal.BUS_ERROR : Hal.OK;
    }

    @Override
    public int sync() {
        if (failSyncs) {
            return Hal.BUS_ERROR;
        }
        if (!power.step()) {
            return Hal.GONE;
        }
        durable = octets.length;
        return Hal.OK;
    }

    @Override
    public int read(long at, byte[] into, int offset, int count) {
        int got = Math.max(0, Math.min(count, octets.length - (int) at));
        if (got > 0) {
            System.arraycopy(octets, (int) at, into, offset, got);
        }
        return got;
    }

    @Override
    public int truncate(long length) {
        if (failTruncates) {
            return Hal.BUS_ERROR;
        }
        if (!power.step()) {
            return Hal.GONE;
        }
        octets = Arrays.copyOf(octets, (int) length);
        durable = Math.min(durable, octets.length);
        return Hal.OK;
    }
}
