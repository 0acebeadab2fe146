package midge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputLinesTest {
    private static final String TEXT = "one\n\ntwo\r\na\rb\n" + "long ".repeat(40_000) + "\nGr\u00f6\u00dfe\n"
            + "x".repeat(65_535) + "\nlast without end";

    private final Semaphore woken = new Semaphore(0);

    private List<String> lines(InputStream in) throws InterruptedException {
        InputLines input = InputLines.read(in, woken::release);
        List<String> lines = new ArrayList<>();
        while (!input.isEnded()) {
            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            while (input.next()) {
                lines.add(new String(input.copy(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    /** Gives at most so many octets at a time. */
    private static InputStream inPieces(byte[] octets, int size) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(size, length));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000, 65_536, 1_000_000})
    void linesAreWholeWhateverThePieces(int size) throws InterruptedException {
        byte[] octets = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(lines(inPieces(octets, size))).containsExactly(TEXT.split("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "a", "a\n"})
    void anEndIsNotALineOfItsOwn(String text) throws InterruptedException {
        List<String> expected = text.lines().toList();
        assertThat(lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(expected);
    }

    @Test
    void noMoreThanTwoChunksAreReadAhead() throws InterruptedException {
        Semaphore reads = new Semaphore(0);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '\n';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                reads.release();
                java.util.Arrays.fill(into, offset, offset + length, (byte) 10);
                return length;
            }
        };
        InputLines input = InputLines.read(endless, woken::release);
        woken.acquire(2);
        assertThat(reads.availablePermits()).isEqualTo(2);
        for (int i = 0; i < 3 * 65_536; i++) {
            while (!input.next()) {
                woken.acquire();
            }
        }
        assertThat(reads.availablePermits()).isLessThanOrEqualTo(5);
    }

    @Test
    void aStreamThatFailsIsToldAfterItsLines() throws InterruptedException {
        InputStream failing = new InputStream() {
            private boolean given;

            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (given) {
                    return read();
                }
                given = true;
                into[offset] = '\n';
                return 1;
            }
        };
        InputLines input = InputLines.read(failing, woken::release);
        woken.acquire(2);
        assertThat(input.next()).isTrue();
        assertThat(input.next()).isFalse();
        assertThatThrownBy(input::isEnded).isInstanceOf(UserError.class).hasMessageContaining("disk on fire");
    }
}
