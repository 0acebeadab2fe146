package midge.wire;

/** Turns Strings of a configuration into octets, at construction only. */
public final class Ascii {
    private Ascii() {}

    /**
     * @param name what {@code text} is for, named in the exception
     * @param text printable US-ASCII, U+0020..U+007E
     * @return one octet a character
     * @throws IllegalArgumentException for any other character; give such names as UTF-8 octets instead
     */
    public static byte[] bytes(String name, String text) {
        byte[] octets = new byte[text.length()];
        for (int i = 0; i < octets.length; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7E) {
                StringBuffer message = new StringBuffer();
                message.append(name)
                        .append(" has character ")
                        .append((int) c)
                        .append(" at ")
                        .append(i);
                throw new IllegalArgumentException(
                        message.append(", must be printable ASCII").toString());
            }
            octets[i] = (byte) c;
        }
        return octets;
    }
}
