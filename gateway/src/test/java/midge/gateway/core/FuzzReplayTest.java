package midge.gateway.core;

import midge.fuzz.Replay;
import org.junit.jupiter.api.Test;

/** The fuzz target of the gateway on its kept inputs, and on mutations of them; docs/fuzzing.md. */
class FuzzReplayTest {
    @Test
    void core() {
        Replay.of(new GatewayCoreFuzz(), 3_000);
    }
}
