package midge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kit can fail: what it is to see, it sees. */
class KitTest {
    /** Breaks on any input that holds the octet 0x2A. */
    private static final FuzzTarget FRAGILE = target(data -> {
        for (byte octet : data) {
            if (octet == 0x2A) {
                throw new IllegalStateException("found");
            }
        }
    });

    private interface Body {
        void fuzz(byte[] data);
    }

    private static FuzzTarget target(Body body) {
        return new FuzzTarget() {
            @Override
            public void fuzz(byte[] data) {
                body.fuzz(data);
            }

            @Override
            public List<byte[]> seeds() {
                return List.of(new byte[] {1, 2, 3});
            }
        };
    }

    @Test
    void aReplayShowsTheInputThatBreaksTheTarget() {
        assertThatThrownBy(() -> Replay.of(FRAGILE, 20_000))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of seed 1: ")
                .hasMessageContaining("2a")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void mutationsAreTheSameForTheSameSeed() {
        List<byte[]> corpus = List.of(new byte[] {1, 2, 3, 4}, new byte[0], new byte[] {9});
        assertThat(some(corpus, 7)).isEqualTo(some(corpus, 7)).isNotEqualTo(some(corpus, 8));
    }

    private static List<String> some(List<byte[]> corpus, long seed) {
        Mutator mutator = new Mutator(corpus, seed);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(HexFormat.of().formatHex(mutator.next()));
        }
        return all;
    }

    @Test
    void aFenceSeesWhatIsWrittenAndWhatPointsOutside() {
        Fenced room = Fenced.room(4, 0xA5);
        room.array[room.offset] = 1;
        room.array[room.offset + 3] = 1;
        room.check();
        room.checkInside("part", room.offset + 1, 3);
        assertThatThrownBy(() -> room.checkInside("part", room.offset + 2, 3)).isInstanceOf(AssertionError.class);
        room.array[room.offset + 4] = 1;
        assertThatThrownBy(room::check).isInstanceOf(AssertionError.class);
    }

    @Test
    void anInputEndsInZeros() {
        FuzzInput in = new FuzzInput(new byte[] {2, 7, 8, 9});
        assertThat(in.field()).containsExactly(7, 8);
        assertThat(in.u16()).isEqualTo(0x0900);
        assertThat(in.isEmpty()).isTrue();
        assertThat(in.take(5)).isEmpty();
        assertThat(in.octet()).isZero();
    }
}
