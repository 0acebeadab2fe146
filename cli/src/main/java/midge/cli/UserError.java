package midge.cli;

/** A mistake that its user can mend: printed as one line, never with a stack trace. */
final class UserError extends RuntimeException {
    private final int exitCode;

    /** @param message what is wrong and what to do about it, one line */
    UserError(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
