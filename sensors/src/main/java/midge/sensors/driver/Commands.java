package midge.sensors.driver;

import midge.hal.Hal;

/** Reads the words and numbers that actuators obey, in ASCII. */
public final class Commands {
    private static final int MOST_DIGITS = 6;

    private Commands() {}

    /** @param word in lower case. @return whether the command is that word, in any case, nothing before or behind */
    public static boolean is(byte[] word, byte[] command, int offset, int length) {
        if (length != word.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int octet = command[offset + i];
            int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
            if (lower != word[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a decimal number without sign, such as {@code 42} or {@code 7.125}: up to six digits, up to three places.
     *
     * @return its thousandths, or {@link Hal#INVALID} when the text is anything else
     */
    public static int thousandths(byte[] command, int offset, int length) {
        int value = 0;
        int digits = 0;
        int places = -1;
        for (int i = 0; i < length; i++) {
            int octet = command[offset + i];
            if (octet == '.' && places < 0 && digits > 0) {
                places = 0;
            } else if (octet >= '0' && octet <= '9' && digits < MOST_DIGITS && places < 3) {
                value = value * 10 + octet - '0';
                digits++;
                places += places < 0 ? 0 : 1;
            } else {
                return Hal.INVALID;
            }
        }
        if (digits == 0 || places == 0) {
            return Hal.INVALID;
        }
        for (int place = places < 0 ? 0 : places; place < 3; place++) {
            value *= 10;
        }
        return value;
    }
}
