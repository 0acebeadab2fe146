package midge.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Function;
import midge.board.jvm.HostLink;
import midge.board.jvm.LinkUri;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.board.jvm.TlsConfig;
import midge.board.jvm.TlsLink;
import midge.board.jvm.WebSocketLink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How octets reach the broker, and whether the user wants to watch them. */
final class LinkOptions {
    @Option(
            names = "-A",
            paramLabel = "ADDRESS",
            description = "Connect from this address of this machine; not with WebSocket.")
    private @Nullable String local;

    @Option(
            names = {"-d", "--debug"},
            description = "Print each packet to standard error as it is sent or received; never a password or payload.")
    private boolean debug;

    @Option(names = "--nodelay", hidden = true, description = "Nothing to do: it is never waited to fill a segment.")
    @SuppressWarnings("UnusedVariable") // mosquitto's scripts may have it; it is what happens anyway
    private boolean withoutDelay;

    /**
     * {@return what makes the link to {@code uri}}
     *
     * @param tls for schemes that are secure
     */
    Function<SelectorIdle, HostLink> opener(LinkUri uri, @Nullable TlsConfig tls, int version) {
        Function<SelectorIdle, HostLink> plain = uri.isWebSocket() ? web(uri, tls) : stream(uri, tls);
        return debug ? idle -> new TracedLink(plain.apply(idle), version, System.err) : plain;
    }

    private Function<SelectorIdle, HostLink> web(LinkUri uri, @Nullable TlsConfig tls) {
        if (local != null) {
            throw new UserError(ExitCode.USAGE, "-A is not supported with ws:// and wss://");
        }
        return idle -> new WebSocketLink(uri, tls, idle);
    }

    private Function<SelectorIdle, HostLink> stream(LinkUri uri, @Nullable TlsConfig tls) {
        InetSocketAddress address = Endpoints.resolve(uri);
        InetAddress from = from();
        Function<SelectorIdle, TcpLink> tcp =
                idle -> from == null ? new TcpLink(address, idle) : new TcpLink(address, idle).from(from);
        return tls == null ? tcp::apply : idle -> new TlsLink(tcp.apply(idle), tls, uri.host(), uri.port());
    }

    private @Nullable InetAddress from() {
        try {
            return local == null ? null : InetAddress.getByName(local);
        } catch (UnknownHostException e) {
            throw new UserError(ExitCode.USAGE, "-A: no address is known for '" + local + "'");
        }
    }
}
