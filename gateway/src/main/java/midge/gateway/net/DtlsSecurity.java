package midge.gateway.net;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import midge.settings.Pem;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.jspecify.annotations.Nullable;

/** How DTLS listeners know clients and show themselves: by shared keys, by certificates, or by both. Used by all listeners. */
public final class DtlsSecurity {
    /** Whether clients must show a certificate, may, or are not asked. */
    public enum ClientCertificates {
        REQUIRED,
        OPTIONAL,
        NONE
    }

    /** Octets of Connection ID in each record from a client: enough for 2^48 sessions. */
    private static final int CONNECTION_ID = 6;
    /** Records and datagrams that may wait between the threads, of 50,000 by default. */
    private static final int WAITING = 4_096;

    private static final List<CipherSuite> BY_KEY = List.of(
            CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
            CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
            CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_PSK_WITH_AES_128_CCM,
            CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
    private static final List<CipherSuite> BY_CURVE = List.of(
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8);
    private static final List<CipherSuite> BY_RSA = List.of(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);

    private final DtlsKeys keys;
    private final @Nullable SingleCertificateProvider shown;
    private final ClientCertificates asks;
    private final X509Certificate[] authorities;
    private final int sessions;
    private final int staleS;

    /**
     * @param keys of clients; when there are none, only certificates serve
     * @param certificate PEM file of the gateway's certificate and its chain, with {@code key}; null: only keys serve
     * @param key PEM file of its private key, PKCS 8 and not encrypted
     * @param authorities PEM file of those whose client certificates are good; null when none are asked for
     * @param sessions DTLS sessions at one time; when all are taken, the one that is silent for longest gives way
     * @param staleS a session that was heard within this time never gives way, s
     * @throws IllegalArgumentException of one line when a file cannot be used
     */
    public DtlsSecurity(
            DtlsKeys keys,
            @Nullable Path certificate,
            @Nullable Path key,
            ClientCertificates asks,
            @Nullable Path authorities,
            int sessions,
            int staleS) {
        this.keys = keys;
        this.shown = certificate == null || key == null ? null : provider(certificate, key);
        this.asks = asks;
        this.authorities = authorities == null
                ? new X509Certificate[0]
                : Pem.certificates(authorities).toArray(X509Certificate[]::new);
        this.sessions = sessions;
        this.staleS = staleS;
    }

    private static SingleCertificateProvider provider(Path certificate, Path key) {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey secret = Pem.privateKey(key, chain.get(0).getPublicKey().getAlgorithm());
        return new SingleCertificateProvider(secret, chain.toArray(X509Certificate[]::new));
    }

    /** {@return the keys, to be replaced when the user wants that} */
    public DtlsKeys keys() {
        return keys;
    }

    /** Takes the keys of newer settings for handshakes from now on. Where one of both has none, nothing changes. */
    public void adopt(DtlsSecurity newer) {
        if (keys.count() > 0 && newer.keys.count() > 0) {
            keys.replace(newer.keys);
        }
    }

    /** {@return sessions of one listener at one time} */
    public int sessions() {
        return sessions;
    }

    /** {@return what a connector is told that does not depend on its address} */
    DtlsConnectorConfig.Builder connector() {
        DtlsConfig.register();
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(Configuration.createStandardWithoutFile());
        List<CipherSuite> suites = new ArrayList<>();
        if (keys.count() > 0) {
            suites.addAll(BY_KEY);
            builder.setAdvancedPskStore(keys.store());
        }
        if (shown != null) {
            boolean isRsa = shown.getSupportedCertificateKeyAlgorithms().contains(CertificateKeyAlgorithm.RSA);
            suites.addAll(isRsa ? BY_RSA : BY_CURVE);
            builder.setCertificateIdentityProvider(shown);
        }
        askForCertificates(builder);
        return builder.set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, suites)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, sessions)
                .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, staleS, TimeUnit.SECONDS)
                .set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, WAITING)
                .set(DtlsConfig.DTLS_MAX_PENDING_OUTBOUND_JOBS, WAITING)
                .set(DtlsConfig.DTLS_MAX_PENDING_HANDSHAKE_RESULT_JOBS, WAITING)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .setConnectionIdGenerator(new SingleNodeConnectionIdGenerator(CONNECTION_ID));
    }

    private void askForCertificates(DtlsConnectorConfig.Builder builder) {
        boolean asked = shown != null && asks != ClientCertificates.NONE;
        CertificateAuthenticationMode mode = !asked
                ? CertificateAuthenticationMode.NONE
                : asks == ClientCertificates.OPTIONAL
                        ? CertificateAuthenticationMode.WANTED
                        : CertificateAuthenticationMode.NEEDED;
        builder.set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, mode);
        if (asked) {
            builder.setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                    .setTrustedCertificates(Arrays.copyOf(authorities, authorities.length))
                    .build());
        }
    }
}
