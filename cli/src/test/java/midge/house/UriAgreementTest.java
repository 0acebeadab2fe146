package midge.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import midge.board.jvm.LinkUri;
import midge.gateway.app.Endpoint;
import midge.gateway.app.SettingsException;
import midge.gateway.app.SettingsReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two parsers of link URIs read the same things the same way. */
class UriAgreementTest {
    private static final Set<String> SCHEMES = Set.of("mqtt", "mqtts", "ws", "wss");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt://broker",
                "mqtt://broker:1",
                "MQTT://broker",
                "mqtts://broker",
                "mqtts://[::1]:65535",
                "ws://broker",
                "ws://broker/mqtt?a=b",
                "wss://broker",
                "wss://10.0.0.1:9443/",
                "mqtt://broker/",
            })
    void theSameUriIsTheSameLink(String text) throws SettingsException {
        LinkUri link = LinkUri.parse(text, SCHEMES);
        Endpoint endpoint = endpoint(text);
        assertThat(endpoint.scheme()).isEqualTo(link.scheme());
        assertThat(endpoint.host()).isEqualTo(link.host());
        assertThat(endpoint.port()).isEqualTo(link.port());
        assertThat(endpoint.path()).isEqualTo(link.path());
        assertThat(endpoint).hasToString(link.toString());
        assertThat(endpoint.isSecure()).isEqualTo(link.isSecure());
        assertThat(endpoint.isWebSocket()).isEqualTo(link.isWebSocket());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt://",
                "mqtt:broker",
                "mqtt://broker:65536",
                "mqtt://broker/path",
                "ftp://broker",
                "mqtt://a b"
            })
    void whatOneRefusesTheOtherRefuses(String text) {
        assertThat(catchAny(() -> LinkUri.parse(text, SCHEMES))).isInstanceOf(IllegalArgumentException.class);
        assertThat(catchAny(() -> endpoint(text))).isInstanceOf(SettingsException.class);
    }

    private static Endpoint endpoint(String text) throws SettingsException {
        return new SettingsReader()
                .option("broker.uri", "--broker", text)
                .settings()
                .brokers()
                .get(0);
    }

    private static Throwable catchAny(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowable(call);
    }
}
