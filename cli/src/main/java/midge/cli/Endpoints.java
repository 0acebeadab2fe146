package midge.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Set;
import midge.board.jvm.LinkUri;
import org.jspecify.annotations.Nullable;

/** Turns what a user wrote about hosts and ports into addresses, or into an error that helps. */
final class Endpoints {
    private static final int PROBE_MS = 5_000;

    private Endpoints() {}

    static LinkUri uri(String option, String text, String... schemes) {
        try {
            return LinkUri.parse(text, Set.of(schemes));
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }

    static InetSocketAddress resolve(LinkUri uri) {
        try {
            return uri.resolve();
        } catch (UnknownHostException e) {
            throw new UserError(ExitCode.FAILED, "no address is known for host '" + uri.host() + "'; check the name");
        }
    }

    /** Opens and closes a connection, so that a wrong address is told at once and not by silence. */
    static void probe(LinkUri broker, InetSocketAddress address) {
        String reason = failure(address);
        if (reason != null) {
            throw new UserError(
                    ExitCode.REFUSED,
                    "the broker at " + broker + " does not answer (" + reason
                            + "); start it, or name another with --broker mqtt://host:port");
        }
    }

    static @Nullable String failure(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PROBE_MS);
            return null;
        } catch (IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }
}
