package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostileFloodTest {
    /** The short form; {@code -Dmidge.flood=10000000} in {@code test.argLine} makes it the long one. */
    @Test
    void hostileDatagramsLeaveAServingGateway() {
        String report = new HostileFlood(1).run(Integer.getInteger("midge.flood", 200_000));
        if (Integer.getInteger("midge.flood") != null) {
            System.out.println(report);
        }
        assertThat(report).contains("still serves 200 new clients");
    }
}
