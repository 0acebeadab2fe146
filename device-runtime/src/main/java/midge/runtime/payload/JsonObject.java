package midge.runtime.payload;

/**
 * Writes one flat JSON object into the caller's array: {@link #open}, members in any order, {@link #close}. What does not fit is
 * reported once, by {@link #close}.
 */
public final class JsonObject {
    private final Cursor out = new Cursor();
    private boolean first;

    /** Starts an object at {@code at}, with {@code capacity} octets of room. Whatever was open before is abandoned. */
    public void open(byte[] buffer, int at, int capacity) {
        out.open(buffer, at, capacity);
        out.put('{');
        first = true;
    }

    /** Adds {@code value * 10^-scale} with {@code digits} decimals, as {@link Decimals#write}. */
    public void number(byte[] key, long value, int scale, int digits) {
        member(key);
        out.decimal(value, scale, digits);
    }

    /** Adds true or false. */
    public void bool(byte[] key, boolean value) {
        member(key);
        Json.bool(out, value);
    }

    /** Adds a text, given as UTF-8; quotes, backslashes and control characters are escaped. */
    public void text(byte[] key, byte[] text, int offset, int length) {
        member(key);
        Json.string(out, text, offset, length);
    }

    /** @return octets written, or {@link midge.wire.Status#TOO_SMALL} */
    public int close() {
        out.put('}');
        return out.close();
    }

    private void member(byte[] key) {
        if (!first) {
            out.put(',');
        }
        first = false;
        Json.key(out, key);
    }
}
