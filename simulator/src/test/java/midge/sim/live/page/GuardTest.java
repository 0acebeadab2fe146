package midge.sim.live.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    private static final String TOKEN = "0123456789abcdef";

    private final Guard here = new Guard(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8090), null);

    private static Headers headers(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8090, true",
        "127.0.0.1:8090, true",
        "[::1]:8090, true",
        "localhost:8091, false",
        "localhost, false",
        "evil.example:8090, false",
        "127.0.0.1.evil.example:8090, false"
    })
    void onLoopbackOnlyLoopbackNamesAreAnswered(String host, boolean answered) {
        assertThat(here.refusal("GET", headers("Host", host)) == null).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8090, true", "http://evil.example, false", "http://localhost:9, false", "null, false"
    })
    void aCommandComesFromThePageItself(String origin, boolean answered) {
        assertThat(here.refusal("POST", headers("Host", "localhost:8090", "Origin", origin)) == null)
                .isEqualTo(answered);
    }

    @Test
    void aCommandWithoutAnOriginIsRefused() {
        assertThat(here.refusal("POST", headers("Host", "localhost:8090"))).contains("from the page itself");
        assertThat(here.refusal("GET", headers())).contains("localhost");
    }

    @Test
    void elsewhereNothingIsToldWithoutTheToken() throws UnknownHostException {
        Guard open = new Guard(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 8090), TOKEN);
        assertThat(open.refusal("GET", headers("Host", "192.0.2.1:8090"))).contains("token");
        assertThat(open.refusal("GET", headers("Host", "192.0.2.1:8090", "Cookie", "midge_token=0123")))
                .contains("token");
        assertThat(open.refusal("GET", headers("Host", "pi:8090", "Cookie", "a=b; midge_token=" + TOKEN)))
                .isNull();
        assertThat(open.refusal(
                        "POST", headers("Host", "pi:8090", "Cookie", "midge_token=" + TOKEN, "Origin", "http://x")))
                .contains("from the page itself");
        assertThat(open.isToken(TOKEN)).isTrue();
        assertThat(open.isToken("")).isFalse();
        assertThat(here.isToken("")).isFalse();
    }
}
