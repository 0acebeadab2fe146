package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.security.Principal;
import java.security.cert.X509Certificate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import midge.settings.Pem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConfigTest {
    @Test
    void namesTheHostToTheServerAndChecksIt() {
        SSLParameters said = parameters(TlsConfig.builder(), "broker.example");
        assertThat(said.getServerNames()).containsExactly(new SNIHostName("broker.example"));
        assertThat(said.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
        assertThat(said.getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(said.getApplicationProtocols()).isEmpty();
    }

    /** RFC 6066 §3 */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1"})
    void doesNotNameAnAddress(String host) {
        assertThat(parameters(TlsConfig.builder(), host).getServerNames()).isNullOrEmpty();
    }

    @Test
    void doesWhatItsOptionsSay() {
        SSLParameters said =
                parameters(TlsConfig.builder().anyHost(true).alpn("mqtt").version("TLSv1.2"), "h");
        assertThat(said.getEndpointIdentificationAlgorithm()).isNull();
        assertThat(said.getApplicationProtocols()).containsExactly("mqtt");
        assertThat(said.getProtocols()).containsExactly("TLSv1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "SSLv3", "", "1.3"})
    void refusesOtherVersions(String version) {
        assertThatThrownBy(() -> TlsConfig.builder().version(version))
                .hasMessageContaining("must be TLSv1.2 or TLSv1.3");
    }

    @Test
    void refusesAnAlpnProtocolThatDoesNotFit() {
        assertThatThrownBy(() -> TlsConfig.builder().alpn("")).hasMessageContaining("1..255");
        assertThatThrownBy(() -> TlsConfig.builder().alpn("x".repeat(256))).hasMessageContaining("1..255");
    }

    /** Of the same algorithm, so that only using it tells. */
    @Test
    void refusesAKeyThatBelongsToAnotherCertificate() {
        TlsConfig.Builder mixed =
                TlsConfig.builder().certificate(TestFiles.file("client.crt"), TestFiles.file("server.key"));
        assertThatThrownBy(mixed::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong to the certificate in")
                .hasMessageContaining("server.key");
        TlsConfig.builder()
                .certificate(TestFiles.file("chain.crt"), TestFiles.file("client.key"))
                .build();
        TlsConfig.builder()
                .certificate(TestFiles.file("rsa.crt"), TestFiles.file("rsa.key"))
                .build();
    }

    @Test
    void clientKeysShowTheOneCertificateToWhoAcceptsItsAlgorithm() {
        X509Certificate[] chain = Pem.certificates(TestFiles.file("chain.crt")).toArray(X509Certificate[]::new);
        ClientKeys keys = new ClientKeys(chain, Pem.privateKey(TestFiles.file("client.key"), "EC"));
        assertThat(keys.chooseEngineClientAlias(new String[] {"RSA", "EC"}, new Principal[0], null))
                .isNotNull();
        assertThat(keys.chooseEngineClientAlias(new String[] {"RSA"}, new Principal[0], null))
                .isNull();
        assertThat(keys.isMissed())
                .as("there is one, though of another algorithm")
                .isFalse();
        assertThat(keys.hasCertificate()).isTrue();
        assertThat(keys.getCertificateChain("client")).isEqualTo(chain).isNotSameAs(chain);
        assertThat(keys.getServerAliases("EC", new Principal[0])).isEmpty();
        assertThat(keys.chooseServerAlias("EC", new Principal[0], null)).isNull();
        assertThatThrownBy(() -> keys.chooseClientAlias(new String[] {"EC"}, new Principal[0], new Socket()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void clientKeysRememberThatSomebodyAskedInVain() {
        ClientKeys none = new ClientKeys(new X509Certificate[0], null);
        assertThat(none.isMissed()).isFalse();
        assertThat(none.chooseEngineClientAlias(new String[] {"EC"}, new Principal[0], null))
                .isNull();
        assertThat(none.isMissed()).isTrue();
        assertThat(none.hasCertificate()).isFalse();
    }

    private static SSLParameters parameters(TlsConfig.Builder builder, String host) {
        SSLEngine engine = builder.build().engine(host, 8883);
        assertThat(engine.getUseClientMode()).isTrue();
        return engine.getSSLParameters();
    }
}
