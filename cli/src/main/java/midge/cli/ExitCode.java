package midge.cli;

/** What {@code midge} tells the shell. */
final class ExitCode {
    static final int OK = 0;
    /** Something went wrong while running. */
    static final int FAILED = 1;
    /** The command line or a configuration is wrong. */
    static final int USAGE = 2;
    /** The peer refused the connection. */
    static final int REFUSED = 3;
    /** A promise broke in a simulated world. */
    static final int BROKEN = 10;
    /** {@code -W} ran out, as in mosquitto_sub. */
    static final int TIMED_OUT = 27;
    /** Ended by Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
