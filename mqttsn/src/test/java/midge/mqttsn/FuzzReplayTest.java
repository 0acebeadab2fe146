package midge.mqttsn;

import midge.fuzz.Replay;
import midge.mqttsn.client.SnClientFuzz;
import midge.mqttsn.client.SnDiscoveryFuzz;
import midge.mqttsn.codec.SnMessageFuzz;
import org.junit.jupiter.api.Test;

/** The fuzz targets of this module on their kept inputs, and on mutations of them; docs/fuzzing.md. */
class FuzzReplayTest {
    @Test
    void messages() {
        Replay.of(new SnMessageFuzz(), 20_000);
    }

    @Test
    void client() {
        Replay.of(new SnClientFuzz(), 5_000);
    }

    @Test
    void discovery() {
        Replay.of(new SnDiscoveryFuzz(), 5_000);
    }
}
