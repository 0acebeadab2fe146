package midge.wire;

/** Judges configuration values at construction, with the value and the range in the message. */
public final class Ranges {
    private Ranges() {}

    /**
     * @return {@code value}
     * @throws IllegalArgumentException when it is outside {@code min..max}, naming the option, the value and the range
     */
    public static int check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            StringBuffer message = new StringBuffer();
            message.append(name).append(" is ").append(value).append(", must be ");
            throw new IllegalArgumentException(
                    message.append(min).append("..").append(max).toString());
        }
        return value;
    }
}
