package midge.profile;

import java.util.HexFormat;

/** Frames in tests are written as hex, with single spaces between octets. */
public final class Hex {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ").withUpperCase();

    private Hex() {}

    /** @param text pairs of hex digits, white space anywhere between them */
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /** @return upper-case pairs with single spaces */
    public static String of(byte[] bytes, int offset, int length) {
        return SPACED.formatHex(bytes, offset, offset + length);
    }

    /** @return upper-case pairs with single spaces */
    public static String of(byte[] bytes) {
        return SPACED.formatHex(bytes);
    }
}
