package midge.hal;

import midge.fuzz.Replay;
import midge.hal.link.EspAtLinkFuzz;
import midge.hal.link.SerialFramingFuzz;
import midge.hal.link.XBeeLinkFuzz;
import midge.hal.store.JournalFuzz;
import org.junit.jupiter.api.Test;

/** The fuzz targets of this module on their kept inputs, and on mutations of them; docs/fuzzing.md. */
class FuzzReplayTest {
    @Test
    void serialFramings() {
        Replay.of(new SerialFramingFuzz(), 5_000);
    }

    @Test
    void xbeeLink() {
        Replay.of(new XBeeLinkFuzz(), 5_000);
    }

    @Test
    void espAtLink() {
        Replay.of(new EspAtLinkFuzz(), 1_000);
    }

    @Test
    void journal() {
        Replay.of(new JournalFuzz(), 1_500);
    }
}
