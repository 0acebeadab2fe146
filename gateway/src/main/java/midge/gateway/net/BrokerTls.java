package midge.gateway.net;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS towards a broker: whom to trust, and how to show who this gateway is. Immutable, used by all connections. */
public final class BrokerTls {
    private final SslContext context;
    private final boolean showsCertificate;

    private BrokerTls(SslContext context, boolean showsCertificate) {
        this.context = context;
        this.showsCertificate = showsCertificate;
    }

    /**
     * @param authorities PEM file of the certificates that are trusted; null: those of the Java runtime
     * @param certificate PEM file of this gateway's certificate and its chain, with {@code key}; null: none is shown
     * @param key PEM file of its private key, PKCS 8 and not encrypted
     * @param checksHost whether the certificate must be for the host of the URI
     * @param alpn protocols that are offered, in order; empty: the extension is left out
     * @throws IllegalArgumentException when a file cannot be used, with its name
     */
    public static BrokerTls of(
            @Nullable Path authorities,
            @Nullable Path certificate,
            @Nullable Path key,
            boolean checksHost,
            List<String> alpn) {
        SslContextBuilder builder =
                SslContextBuilder.forClient().endpointIdentificationAlgorithm(checksHost ? "HTTPS" : null);
        if (authorities != null) {
            use(authorities, "a file of certificates", () -> builder.trustManager(file(authorities)));
        }
        if (certificate != null && key != null) {
            use(
                    certificate,
                    "a certificate with its key in " + key + " (PKCS 8, not encrypted)",
                    () -> builder.keyManager(file(certificate), file(key)));
        }
        if (!alpn.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, alpn));
        }
        try {
            return new BrokerTls(builder.build(), certificate != null);
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static File file(Path path) {
        return path.toFile();
    }

    private static void use(Path path, String what, Runnable step) {
        if (!path.toFile().canRead()) {
            throw new IllegalArgumentException("cannot read " + path);
        }
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(path + " is not " + what + ": " + cause.getMessage(), e);
        }
    }

    SslContext context() {
        return context;
    }

    boolean showsCertificate() {
        return showsCertificate;
    }
}
