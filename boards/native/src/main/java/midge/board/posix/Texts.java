package midge.board.posix;

/** Text for C: the standard library's charsets would double the program. */
final class Texts {
    private Texts() {}

    /** {@return the text in UTF-8, and a zero octet that ends it for C} */
    static byte[] utf8(String text) {
        byte[] room = new byte[text.length() * 3 + 1];
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.length()) {
                c = 0x10000 + ((c - 0xD800) << 10) + text.charAt(++i) - 0xDC00;
            }
            at = put(c, room, at);
        }
        byte[] octets = new byte[at + 1];
        System.arraycopy(room, 0, octets, 0, at);
        return octets;
    }

    private static int put(int c, byte[] room, int at) {
        int next = at;
        if (c < 0x80) {
            room[next++] = (byte) c;
            return next;
        }
        int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        int mark = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
        room[next++] = (byte) (mark | (c >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
            room[next++] = (byte) (0x80 | ((c >> shift) & 0x3F));
        }
        return next;
    }

    /** {@return {@link #utf8} without the zero} */
    static byte[] octets(String text) {
        byte[] ended = utf8(text);
        byte[] octets = new byte[ended.length - 1];
        System.arraycopy(ended, 0, octets, 0, octets.length);
        return octets;
    }

    /** {@return the number, or {@code otherwise} when the text is none or out of the range} */
    static int number(String text, int min, int max, int otherwise) {
        long value = 0;
        boolean digits = text.length() > 0 && text.length() < 11;
        for (int i = 0; i < text.length() && digits; i++) {
            int digit = text.charAt(i) - '0';
            digits = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        return digits && value >= min && value <= max ? (int) value : otherwise;
    }
}
