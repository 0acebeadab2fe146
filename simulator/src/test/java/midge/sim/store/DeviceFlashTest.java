package midge.sim.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import midge.runtime.task.Outbox;
import midge.wire.Prng;
import org.junit.jupiter.api.Test;

class DeviceFlashTest {
    private static final int MESSAGES = 12;
    private static final int OCTETS = 700;
    private static final int DONE = 60;

    /** What a device has stored and not taken out, by what it knows. */
    private final List<String> stored = new ArrayList<>();

    private int made;

    /** Stores and takes out until the work is done or the power ends. {@return whether it ended} */
    private boolean live(Outbox outbox) {
        try {
            while (made < DONE) {
                if (outbox.depth() < MESSAGES - 2) {
                    byte[] payload = ("m" + made).getBytes(US_ASCII);
                    int token = made++;
                    if (outbox.add(0, 1, payload, 0, payload.length, token, 0) == 0) {
                        stored.add(new String(payload, US_ASCII));
                    }
                } else {
                    stored.remove(text(outbox, 0));
                    outbox.remove(0);
                }
            }
            return false;
        } catch (PowerSupply.Cut cut) {
            return true;
        }
    }

    private static String text(Outbox outbox, int position) {
        byte[] room = new byte[16];
        return new String(room, 0, outbox.payload(position, room, 0, room.length), US_ASCII);
    }

    private static List<String> texts(Outbox outbox) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < outbox.depth(); i++) {
            texts.add(text(outbox, i));
        }
        return texts;
    }

    private boolean cutAfter(DeviceFlash flash, int steps) {
        stored.clear();
        made = 0;
        Outbox outbox = flash.open();
        flash.tear(steps);
        return live(outbox);
    }

    @Test
    void aCutAtAnyOctetKeepsWhatWasStoredInItsOrder() {
        int cuts = 0;
        long torn = 0;
        for (int steps = 0; ; steps++) {
            DeviceFlash flash = new DeviceFlash(MESSAGES, 16, OCTETS);
            if (!cutAfter(flash, steps)) {
                break;
            }
            flash.cut(new Prng(steps));
            cuts++;
            List<String> found = texts(flash.open());
            assertThat(found)
                    .as("cut after " + steps)
                    .containsSubsequence(stored)
                    .isSortedAccordingTo((a, b) -> {
                        return Integer.compare(Integer.parseInt(a.substring(1)), Integer.parseInt(b.substring(1)));
                    });
            torn += flash.tornOctets();
        }
        assertThat(cuts).isGreaterThan(2_000);
        assertThat(torn).isPositive();
    }

    @Test
    void aMessageOnItsWayOutIsNamedAndAnotherIsNot() {
        int leaving = 0;
        for (int steps = 600; steps < 700; steps++) {
            DeviceFlash flash = new DeviceFlash(MESSAGES, 16, OCTETS);
            assertThat(cutAfter(flash, steps)).isTrue();
            if (flash.leaving() != DeviceFlash.NONE) {
                leaving++;
                assertThat(stored).doesNotContain("m" + flash.leaving());
            }
            flash.cut(new Prng(steps));
            flash.open();
            assertThat(flash.leaving()).isEqualTo(DeviceFlash.NONE);
        }
        assertThat(leaving).isPositive().isLessThan(100);
    }

    @Test
    void spareTakesATearBack() {
        DeviceFlash flash = new DeviceFlash(MESSAGES, 16, OCTETS);
        Outbox outbox = flash.open();
        flash.tear(0);
        flash.spare();
        assertThat(live(outbox)).isFalse();
        assertThat(texts(flash.open())).containsSubsequence(stored);
    }
}
