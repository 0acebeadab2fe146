package midge.board.jvm;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import midge.settings.Pem;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts and what it shows, for {@link TlsLink} and {@link WebSocketLink}. TLS 1.2 and 1.3 with what the JDK offers;
 * nothing is trusted that was not named, or, when nothing was named, what the JDK's own list does not hold.
 */
public final class TlsConfig {
    private final SSLContext context;
    private final ClientKeys keys;
    private final boolean anyHost;
    private final @Nullable String alpn;
    private final String[] versions;

    private TlsConfig(Builder b) {
        keys = b.keys();
        anyHost = b.anyHost;
        alpn = b.alpn;
        versions = b.versions.clone();
        try {
            X509TrustManager authorities = authorities(b.authorities());
            context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {keys},
                    new TrustManager[] {anyHost ? new AnyHostTrust(authorities) : authorities},
                    null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("this Java cannot do TLS: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager authorities(List<X509Certificate> named)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(named.isEmpty() ? null : store(named));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager authorities) {
                return authorities;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry("authority" + store.size(), certificate);
        }
        return store;
    }

    /** @return a new builder that trusts the JDK's list and checks everything */
    public static Builder builder() {
        return new Builder();
    }

    SSLContext context() {
        return context;
    }

    SSLParameters parameters() {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(versions);
        return parameters;
    }

    /** {@return a client's engine: it names {@code host} to the server (SNI) and checks that the certificate is for it} */
    SSLEngine engine(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters();
        if (!anyHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!isAddress(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        if (alpn != null) {
            parameters.setApplicationProtocols(new String[] {alpn});
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** RFC 6066 §3: no literal addresses in SNI. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    /** {@return whether a server asked for a client certificate and there was none to show} */
    boolean missesCertificate() {
        return keys.isMissed();
    }

    /** {@return whether there is a client certificate to show} */
    boolean hasCertificate() {
        return keys.hasCertificate();
    }

    /** Collects the options; the files are read by {@link #build}. */
    public static final class Builder {
        private @Nullable Path authorityFile;
        private @Nullable Path authorityFolder;
        private @Nullable Path certificate;
        private @Nullable Path key;
        private @Nullable String alpn;
        private boolean anyHost;
        private String[] versions = {"TLSv1.3", "TLSv1.2"};

        private Builder() {}

        /** Certificates of trusted authorities, PEM. Default: the JDK's list. */
        public Builder authorityFile(Path file) {
            authorityFile = file;
            return this;
        }

        /** A folder of such files, trusted besides. */
        public Builder authorityFolder(Path folder) {
            authorityFolder = folder;
            return this;
        }

        /** This client's certificate, PEM, those that signed it after it; and its key, PEM, PKCS#8 without pass phrase. Default: none. */
        public Builder certificate(Path certificateFile, Path keyFile) {
            certificate = certificateFile;
            key = keyFile;
            return this;
        }

        /** Accepts a certificate that is for another host; its signature and dates are checked all the same. For tests. */
        public Builder anyHost(boolean accept) {
            anyHost = accept;
            return this;
        }

        /** The application protocol to offer (ALPN, RFC 7301), such as {@code mqtt}. Default: none. {@link TlsLink} only. */
        public Builder alpn(String protocol) {
            if (protocol.isEmpty() || protocol.length() > 255) {
                throw new IllegalArgumentException("an ALPN protocol has 1..255 characters");
            }
            alpn = protocol;
            return this;
        }

        /** The one version to use, {@code TLSv1.2} or {@code TLSv1.3}. Default: the newer that the server has. */
        public Builder version(String version) {
            if (!version.equals("TLSv1.2") && !version.equals("TLSv1.3")) {
                throw new IllegalArgumentException("TLS version '" + version + "', must be TLSv1.2 or TLSv1.3");
            }
            versions = new String[] {version};
            return this;
        }

        /** @throws IllegalArgumentException of one line when a file cannot be read or does not hold what it should */
        public TlsConfig build() {
            return new TlsConfig(this);
        }

        private List<X509Certificate> authorities() {
            List<X509Certificate> all = new ArrayList<>();
            if (authorityFile != null) {
                all.addAll(Pem.certificates(authorityFile));
            }
            if (authorityFolder != null) {
                all.addAll(Pem.certificatesIn(authorityFolder));
            }
            return all;
        }

        private ClientKeys keys() {
            if (certificate == null || key == null) {
                return new ClientKeys(new X509Certificate[0], null);
            }
            List<X509Certificate> chain = Pem.certificates(certificate);
            PrivateKey secret = Pem.privateKey(key, chain.get(0).getPublicKey().getAlgorithm());
            if (!ClientKeys.belongTogether(secret, chain.get(0).getPublicKey())) {
                throw new IllegalArgumentException(
                        "the private key in " + key + " does not belong to the certificate in " + certificate);
            }
            return new ClientKeys(chain.toArray(X509Certificate[]::new), secret);
        }
    }
}
