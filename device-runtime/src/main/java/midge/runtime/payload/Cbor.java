package midge.runtime.payload;

/** The pieces of CBOR (RFC 8949) that SenML needs, always in the shortest form (§4.2.1). */
final class Cbor {
    static final int ARRAY = 0x80;
    static final int MAP = 0xA0;
    static final int FALSE = 0xF4;
    static final int TRUE = 0xF5;

    private static final int UNSIGNED = 0x00;
    private static final int NEGATIVE = 0x20;
    private static final int TEXT = 0x60;
    private static final int DECIMAL_FRACTION = 0xC4; // tag 4, §3.4.4: [exponent, mantissa]

    private Cbor() {}

    static void integer(Cursor out, long value) {
        if (value >= 0) {
            head(out, UNSIGNED, value);
        } else {
            head(out, NEGATIVE, -1 - value);
        }
    }

    static void text(Cursor out, byte[] ascii) {
        head(out, TEXT, ascii.length);
        out.put(ascii);
    }

    /** Writes {@code value * 10^-scale}, exact: an integer where it is one, else a decimal fraction without trailing zeros. */
    static void decimal(Cursor out, long value, int scale) {
        long mantissa = value;
        int decimals = scale;
        while (decimals > 0 && mantissa % 10 == 0) {
            mantissa /= 10;
            decimals--;
        }
        if (decimals > 0) {
            out.put(DECIMAL_FRACTION);
            out.put(ARRAY | 2);
            integer(out, -decimals);
        }
        integer(out, mantissa);
    }

    /** Writes a major type with its argument (§3): in the same octet, or in the 1, 2, 4 or 8 that follow. */
    private static void head(Cursor out, int major, long argument) {
        if (argument < 24) {
            out.put(major | (int) argument);
        } else if (argument <= 0xFF) {
            out.put(major | 24);
            bigEndian(out, argument, 1);
        } else if (argument <= 0xFFFF) {
            out.put(major | 25);
            bigEndian(out, argument, 2);
        } else if (argument <= 0xFFFFFFFFL) {
            out.put(major | 26);
            bigEndian(out, argument, 4);
        } else {
            out.put(major | 27);
            bigEndian(out, argument, 8);
        }
    }

    private static void bigEndian(Cursor out, long value, int octets) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.put((int) (value >>> shift));
        }
    }
}
