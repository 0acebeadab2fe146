package midge.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginsTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, ab, false",
        "ab, a, false",
        "*, '', true",
        "*, abc, true",
        "?, '', false",
        "s-?, s-1, true",
        "s-*, s-, true",
        "s-*, t-1, false",
        "*-b, a-b-b, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
        "a**, a, true",
        "*aaaaab, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
    })
    void aStarStandsForAnythingAndAQuestionMarkForOneOctet(String pattern, String id, boolean fits) {
        assertThat(Logins.matches(octets(pattern), octets(id))).isEqualTo(fits);
    }

    @Test
    void theFirstPatternThatFitsCounts() {
        Logins logins = Logins.NONE
                .with("s-1", new Login(octets("one"), octets("p")))
                .with("s-*", new Login(octets("all"), octets("q")));
        GatewayConfig config =
                GatewayConfig.builder().userName("rest").logins(logins).build();
        assertThat(config.login(octets("s-1")).userName()).asString().isEqualTo("one");
        assertThat(config.login(octets("s-2")).userName()).asString().isEqualTo("all");
        assertThat(config.login(octets("t")).userName()).asString().isEqualTo("rest");
        assertThat(config.login(octets("s-1"))).hasToString("Login of 3 octets");
    }
}
