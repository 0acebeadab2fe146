package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkUriTest {
    @ParameterizedTest
    @CsvSource({
        "udp://127.0.0.1:1884, udp, 127.0.0.1, 1884",
        "udp://gateway.local,  udp, gateway.local, 1884",
        "mqtt://localhost,     mqtt, localhost, 1883",
        "MQTT://h:8883/,       mqtt, h, 8883",
        "udp://[::1]:99,       udp, ::1, 99",
    })
    void readsSchemeHostAndPort(String text, String scheme, String host, int port) {
        LinkUri uri = LinkUri.parse(text, Set.of("udp", "mqtt"));
        assertThat(uri).isEqualTo(new LinkUri(scheme, host, port, null));
    }

    @ParameterizedTest
    @CsvSource({
        "mqtts://h,                   8883, '',       ,    ",
        "ws://h,                      80,   '',       ,    ",
        "wss://u@h/a%20b?k=v,         443,  /a%20b?k=v, u, ",
        "mqtts://a%40b:p%3Aq+r:s@h:1, 1,    '',       a@b, p:q+r:s",
    })
    void readsUsualPortsPathsAndCredentials(String text, int port, String path, String user, String password) {
        LinkUri uri = LinkUri.parse(text, Set.of("mqtts", "ws", "wss"));
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.path()).isEqualTo(path);
        assertThat(uri.user()).isEqualTo(user);
        assertThat(uri.password()).isEqualTo(password);
        assertThat(uri.toString()).doesNotContain("@").endsWith(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp://h:1         | not a link for this place, expected mqtt://host:port or udp://host:port",
                "h:1884            | not a link for this place",
                "localhost         | not a link for this place",
                "udp://            | is not a URI",
                "udp://:1884       | names no host",
                "udp://h:70000     | above 65535",
                "udp://h:1/x       | has a path, '/x'",
                "udp://a b         | is not a URI",
            })
    void saysInOneLineWhatIsWrong(String text, String expected) {
        assertThatThrownBy(() -> LinkUri.parse(text, Set.of("udp", "mqtt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("\n");
    }
}
