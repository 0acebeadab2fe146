package midge.board.jvm;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import midge.settings.Pem;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.jspecify.annotations.Nullable;

/** How a device and its gateway know each other by DTLS: by a key that both have, or by certificates. */
public final class DtlsCredentials {
    private final @Nullable AdvancedSinglePskStore shared;
    private final X509Certificate[] authorities;
    private final boolean anyHost;
    private final @Nullable SingleCertificateProvider shown;

    private DtlsCredentials(
            @Nullable AdvancedSinglePskStore shared,
            X509Certificate[] authorities,
            boolean anyHost,
            @Nullable SingleCertificateProvider shown) {
        this.shared = shared;
        this.authorities = authorities;
        this.anyHost = anyHost;
        this.shown = shown;
    }

    /**
     * @param identity that the gateway knows the key by; with most gateways the client id
     * @param key 16..64 octets, copied
     * @throws IllegalArgumentException when one of them is no such thing
     */
    public static DtlsCredentials key(String identity, byte[] key) {
        if (identity.isEmpty()) {
            throw new IllegalArgumentException("the identity of the key is empty");
        }
        if (key.length < 16 || key.length > 64) {
            throw new IllegalArgumentException("the key has " + key.length + " octets, must be 16..64");
        }
        return new DtlsCredentials(
                new AdvancedSinglePskStore(identity, key.clone()), new X509Certificate[0], false, null);
    }

    /**
     * @param authorities PEM file of those whose gateways are trusted
     * @param anyHost takes a certificate that is for another host, for tests
     * @param certificate PEM file of the certificate to show, with {@code key}; null: none is shown
     * @param key PEM file of its private key, PKCS 8 and not encrypted
     * @throws IllegalArgumentException of one line when a file cannot be used
     */
    public static DtlsCredentials certificates(
            Path authorities, boolean anyHost, @Nullable Path certificate, @Nullable Path key) {
        X509Certificate[] trusted = Pem.certificates(authorities).toArray(X509Certificate[]::new);
        SingleCertificateProvider own = null;
        if (certificate != null && key != null) {
            List<X509Certificate> chain = Pem.certificates(certificate);
            PrivateKey secret = Pem.privateKey(key, chain.get(0).getPublicKey().getAlgorithm());
            own = new SingleCertificateProvider(secret, chain.toArray(X509Certificate[]::new));
        }
        return new DtlsCredentials(null, trusted, anyHost, own);
    }

    DtlsConnectorConfig.Builder connector() {
        DtlsConfig.register();
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(Configuration.createStandardWithoutFile());
        if (shared != null) {
            builder.setAdvancedPskStore(shared)
                    .set(
                            DtlsConfig.DTLS_CIPHER_SUITES,
                            List.of(
                                    CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
                                    CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
                                    CipherSuite.TLS_PSK_WITH_AES_128_CCM_8));
        } else {
            builder.setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                            .setTrustedCertificates(authorities)
                            .build())
                    .set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, !anyHost);
        }
        if (shown != null) {
            builder.setCertificateIdentityProvider(shown);
        }
        return builder.set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, DtlsLink.PEERS_MAX)
                .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, 1, TimeUnit.SECONDS)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
                // Supports Connection ID without wanting one for itself: who has one gateway needs none to tell it.
                .setConnectionIdGenerator(new SingleNodeConnectionIdGenerator(0));
    }
}
