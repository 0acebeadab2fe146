package midge.board;

/**
 * One thing that {@link DeviceCheck} looked at.
 *
 * @param isGood whether it will do
 * @param what it is, {@code I2C bus 1}
 * @param said what was found, and what to do about it
 */
public record Finding(boolean isGood, String what, String said) {
    /** {@return one line} */
    public String line() {
        return String.format("%-8s%-24s%s", isGood ? "ok" : "missing", what, said);
    }
}
