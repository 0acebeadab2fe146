package midge.runtime.payload;

/** The pieces of JSON text (RFC 8259) that both JSON writers need. */
final class Json {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] CONTROL = {'\\', 'u', '0', '0'};

    private Json() {}

    /** Writes a quoted string; the text is UTF-8 and stays so, what JSON forbids inside quotes is escaped (RFC 8259 §7). */
    static void string(Cursor out, byte[] text, int offset, int length) {
        out.put('"');
        for (int i = offset; i < offset + length; i++) {
            int octet = text[i] & 0xFF;
            if (octet == '"' || octet == '\\') {
                out.put('\\');
                out.put(octet);
            } else if (octet < 0x20) {
                out.put(CONTROL);
                out.put('0' + (octet >> 4));
                out.put(hexDigit(octet & 0x0F));
            } else {
                out.put(octet);
            }
        }
        out.put('"');
    }

    static void key(Cursor out, byte[] name) {
        string(out, name, 0, name.length);
        out.put(':');
    }

    static void bool(Cursor out, boolean value) {
        out.put(value ? TRUE : FALSE);
    }

    private static int hexDigit(int nibble) {
        return nibble < 10 ? '0' + nibble : 'a' + nibble - 10;
    }
}
