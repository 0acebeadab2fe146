package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostileFloodTest {
    /** The short form; {@link HostileFlood#main} does it ten million times. */
    @Test
    void twoHundredThousandHostileDatagramsLeaveAServingGateway() {
        assertThat(new HostileFlood(1).run(200_000)).contains("still serves 200 new clients");
    }
}
