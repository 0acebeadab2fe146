package midge.board.serial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** A cable between two serial ports, for two programs that talk to each other. */
public final class PtyCable implements AutoCloseable {
    private final Pty one;
    private final Pty other;

    /** Plugs both ends in. @param one name that one program opens @param other that of the other */
    public PtyCable(Path one, Path other) {
        this.one = new Pty(one);
        this.other = new Pty(other);
        carry(this.one.input(), this.other.output());
        carry(this.other.input(), this.one.output());
    }

    private static void carry(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try {
                        from.transferTo(to);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "cable");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return one end} */
    public Pty one() {
        return one;
    }

    /** {@return the other end} */
    public Pty other() {
        return other;
    }

    @Override
    public void close() {
        one.close();
        other.close();
    }
}
