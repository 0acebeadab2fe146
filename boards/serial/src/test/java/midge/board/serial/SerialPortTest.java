package midge.board.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.SerialPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link SerialPort} promises, of every driver, at a pseudo-terminal. */
@ParameterizedClass
@ValueSource(strings = {"jssc", "jserialcomm"})
class SerialPortTest {
    private static final int PATIENCE_MS = 10_000;
    private static final int MEASURED_MS = 1_000;

    private final String driver;
    private final Bell idle = new Bell();

    @TempDir
    private Path folder;

    private Pty line;
    private SerialPort port;

    SerialPortTest(String driver) {
        this.driver = driver;
    }

    /** Rests until it is woken. */
    private static final class Bell implements Idle {
        private final Semaphore rings = new Semaphore(0);

        @Override
        public void until(long deadlineMs) {
            try {
                rings.tryAcquire(deadlineMs, TimeUnit.MILLISECONDS);
                rings.drainPermits();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void wake() {
            rings.release();
        }
    }

    @BeforeEach
    void plugIn() throws IOException {
        line = new Pty(folder.resolve("ttyUSB0"));
        port = open("");
    }

    @AfterEach
    void noThreadIsLeft() {
        port.close();
        line.close();
        assertThat(threads()).isEmpty();
    }

    private SerialPort open(String options) throws IOException {
        return SerialPorts.open(uri(options), idle);
    }

    private SerialUri uri(String options) {
        return SerialUri.parse("serial://" + line.name() + "?driver=" + driver + options, Set.of());
    }

    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("serial " + line.name()))
                .map(Thread::getName)
                .toList();
    }

    private static byte[] everyValue(int times) {
        byte[] all = new byte[256 * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    /** Rests by the bell, as a device does. */
    private void await(BooleanSupplier happened) {
        long endNs = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(endNs);
            idle.until(PATIENCE_MS);
        }
    }

    private byte[] readFromPort(int count) {
        byte[] read = new byte[count];
        int[] done = {0};
        await(() -> {
            for (int n; (n = port.read(read, done[0], count - done[0])) > 0; ) {
                done[0] += n;
            }
            return done[0] == count;
        });
        return read;
    }

    private byte[] readFromLine(int count) {
        byte[] read = new byte[0];
        byte[] chunk = new byte[512];
        while (read.length < count) {
            int n = line.read(chunk, PATIENCE_MS);
            assertThat(n).isPositive();
            byte[] longer = Arrays.copyOf(read, read.length + n);
            System.arraycopy(chunk, 0, longer, read.length, n);
            read = longer;
        }
        return read;
    }

    @Test
    void everyValueOfAnOctetComesThroughBothWays() {
        byte[] all = everyValue(8);
        line.write(all);
        assertThat(readFromPort(all.length)).isEqualTo(all);
        assertThat(port.write(all, 0, all.length)).isEqualTo(all.length);
        assertThat(readFromLine(all.length)).isEqualTo(all);
    }

    @Test
    void partsOfArraysAreReadAndWritten() {
        assertThat(port.write(new byte[] {1, 2, 3, 4}, 1, 2)).isEqualTo(2);
        assertThat(readFromLine(2)).containsExactly(2, 3);
        line.write(new byte[] {5, 6, 7});
        byte[] into = new byte[4];
        await(() -> port.read(into, 1, 2) == 2 || into[1] != 0);
        assertThat(into[0]).isZero();
        assertThat(into[3]).isZero();
    }

    @Test
    void readingAnEmptyLineAnswersZero() {
        assertThat(port.read(new byte[8], 0, 8)).isZero();
    }

    /** The constants are those of Linux's termios. */
    @ParameterizedTest
    @CsvSource({"9600, 13", "57600, 4097", "115200, 4098", "921600, 4103"})
    void theSpeedIsSet(int speed, int constant) throws IOException {
        port.close();
        port = open("&speed=" + speed);
        assertThat(line.speedConstant()).isEqualTo(constant);
        line.write(new byte[] {42});
        assertThat(readFromPort(1)).containsExactly(42);
    }

    @Test
    void aLineThatNobodyReadsFillsUpAndClosesAllTheSame() {
        byte[] much = everyValue(16);
        long endNs = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (port.write(much, 0, much.length) > 0) {
            assertThat(System.nanoTime()).isLessThan(endNs);
        }
        port.close();
        assertThat(threads()).isEmpty();
    }

    @Test
    void whoWaitsForRoomIsWoken() {
        byte[] much = everyValue(64);
        int[] written = {0};
        int[] read = {0};
        byte[] chunk = new byte[512];
        await(() -> {
            written[0] += port.write(much, written[0], much.length - written[0]);
            read[0] += line.read(chunk, 20);
            return written[0] == much.length;
        });
        readFromLine(much.length - read[0]);
    }

    @Test
    void aSecondOpenIsRefusedUntilTheFirstIsClosed() throws IOException {
        assertThatThrownBy(() -> open("")).isInstanceOf(IOException.class).hasMessageContaining("in use");
        port.close();
        port = open("");
        line.write(new byte[] {1});
        assertThat(readFromPort(1)).containsExactly(1);
    }

    @Test
    void whatWasWrittenLeavesBeforeTheLineCloses() {
        assumeTrue(
                driver.equals("jssc"), "jSerialComm takes back what the other end of a pseudo-terminal has not read");
        byte[] last = everyValue(2);
        port.write(last, 0, last.length);
        port.close();
        assertThat(readFromLine(last.length)).isEqualTo(last);
    }

    @Test
    void closingEndsReading() {
        port.close();
        assertThat(port.read(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
        assertThat(port.write(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
        port.close();
    }

    @Test
    void unpluggingIsToldToWhoeverRestsReadsOrWrites() {
        line.write(new byte[] {1});
        assertThat(readFromPort(1)).containsExactly(1);
        line.unplug();
        await(() -> port.read(new byte[1], 0, 1) == Hal.GONE);
        assertThat(port.write(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
        await(() -> threads().isEmpty());
    }

    @Test
    void aPortThatIsPluggedInAgainOpensAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            line.unplug();
            await(() -> port.read(new byte[1], 0, 1) == Hal.GONE);
            assertThatThrownBy(() -> open("")).hasMessageContaining("there is no serial port");
            line.plug();
            port.close();
            port = open("");
            line.write(new byte[] {(byte) i});
            assertThat(readFromPort(1)).containsExactly(i);
        }
    }

    /** What an idle second costs is printed; that reading in vain makes no heap of garbage is asserted. */
    @Test
    void anIdleLineCostsLittle() throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("serial "))
                .mapToLong(Thread::getId)
                .toArray();
        assertThat(ids).hasSize(2);
        long octets = sum(threads.getThreadAllocatedBytes(ids));
        long cpuNs = sum(threads.getThreadCpuTime(ids));
        Thread.sleep(MEASURED_MS);
        octets = sum(threads.getThreadAllocatedBytes(ids)) - octets;
        cpuNs = sum(threads.getThreadCpuTime(ids)) - cpuNs;
        System.out.printf("%s, an idle second: %.1f ms of CPU, %,d octets of garbage%n", driver, cpuNs / 1e6, octets);
        assertThat(octets).isLessThan(100_000);
    }

    private static long sum(long[] values) {
        return Arrays.stream(values).sum();
    }
}
