package midge.board.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import midge.settings.Pem;

/** Certificates and keys for tests: see {@code tls/README.md} beside them. */
final class TestFiles {
    private static final char[] NO_SECRET = new char[0];

    private TestFiles() {}

    static Path file(String name) {
        try {
            return Path.of(TestFiles.class.getResource("/tls/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a server's context that shows certificate {@code name}, and trusts clients of the authority} */
    static SSLContext server(String name) {
        try {
            var chain = Pem.certificates(file(name + ".crt"));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            var secret = Pem.privateKey(
                    file(name + ".key"), chain.get(0).getPublicKey().getAlgorithm());
            keys.setKeyEntry("server", secret, NO_SECRET, chain.toArray(new java.security.cert.Certificate[0]));
            KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
            shown.init(keys, NO_SECRET);
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            authorities.setCertificateEntry(
                    "authority", Pem.certificates(file("authority.crt")).get(0));
            TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
