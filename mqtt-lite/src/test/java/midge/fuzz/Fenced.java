package midge.fuzz;

import java.util.Arrays;

/**
 * Octets in the middle of an array between fences of a chosen octet. Who reads over the fence gets another answer when the fences
 * differ; who writes over it is seen by {@link #check}.
 */
public final class Fenced {
    private static final int FENCE = 16;

    public final byte[] array;
    public final int offset;
    public final int length;
    private final byte fence;

    private Fenced(byte[] array, int offset, int length, int fence) {
        this.array = array;
        this.offset = offset;
        this.length = length;
        this.fence = (byte) fence;
    }

    /** Input between fences of {@code fence}, at an offset that depends on it. */
    public static Fenced of(byte[] octets, int fence) {
        Fenced room = room(octets.length, fence);
        System.arraycopy(octets, 0, room.array, room.offset, octets.length);
        return room;
    }

    /** Room for {@code length} octets of output, filled with the fence too. */
    public static Fenced room(int length, int fence) {
        int before = FENCE + (fence & 7);
        byte[] array = new byte[before + length + FENCE];
        Arrays.fill(array, (byte) fence);
        return new Fenced(array, before, length, fence);
    }

    /** Throws when an octet of a fence has changed. */
    public void check() {
        for (int i = 0; i < array.length; i++) {
            if ((i < offset || i >= offset + length) && array[i] != fence) {
                throw new AssertionError("wrote at " + (i - offset) + " of " + length + " octets");
            }
        }
    }

    /** Throws when a part lies not within the octets. @param at an index of {@link #array} */
    public void checkInside(String what, int at, int count) {
        if (count < 0 || (count > 0 && (at < offset || at + count > offset + length))) {
            throw new AssertionError(what + " is " + count + " at " + (at - offset) + " of " + length + " octets");
        }
    }

    /** @return the first {@code count} octets between the fences */
    public byte[] copy(int count) {
        return Arrays.copyOfRange(array, offset, offset + count);
    }
}
