package midge.board.jvm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.hal.Hal;
import midge.hal.store.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
    private static final byte[] DIGITS = "0123456789".getBytes(US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void whatWasAppendedIsReadAgainAfterAnotherOpen() throws IOException {
        Path file = folder.resolve("a");
        try (FileStorage storage = FileStorage.open(file, 100)) {
            assertThat(storage.length()).isZero();
            assertThat(storage.append(DIGITS, 2, 5)).isEqualTo(Hal.OK);
            assertThat(storage.append(DIGITS, 0, 10)).isEqualTo(Hal.OK);
            assertThat(storage.truncate(12)).isEqualTo(Hal.OK);
            assertThat(storage.sync()).isEqualTo(Hal.OK);
        }
        assertThat(Files.readString(file)).isEqualTo("234560123456");
        try (FileStorage storage = FileStorage.open(file, 100)) {
            byte[] into = new byte[20];
            assertThat(storage.length()).isEqualTo(12);
            assertThat(storage.read(3, into, 4, 5)).isEqualTo(5);
            assertThat(new String(into, 4, 5, US_ASCII)).isEqualTo("56012");
            assertThat(storage.read(10, into, 0, 20)).isEqualTo(2);
            assertThat(storage.read(12, into, 0, 20)).isZero();
            assertThat(storage.read(-1, into, 0, 20)).isEqualTo(Hal.INVALID);
            assertThat(storage.truncate(13)).isEqualTo(Hal.INVALID);
        }
    }

    @Test
    void takesNothingBeyondItsCapacity() throws IOException {
        try (FileStorage storage = FileStorage.open(folder.resolve("a"), 15)) {
            assertThat(storage.append(DIGITS, 0, 10)).isEqualTo(Hal.OK);
            assertThat(storage.append(DIGITS, 0, 6)).isEqualTo(Hal.FULL);
            assertThat(storage.append(DIGITS, 0, 5)).isEqualTo(Hal.OK);
            assertThat(storage.length()).isEqualTo(15);
        }
    }

    @Test
    void aSecondDeviceOnTheSameFileIsTold() throws IOException {
        Path file = folder.resolve("a");
        try (FileStorage storage = FileStorage.open(file, 100)) {
            assertThatThrownBy(() -> FileStorage.open(file, 100))
                    .hasMessage(file + " is in use: another device has it open");
            assertThat(storage.length()).isZero();
        }
    }

    @Test
    void aFileThatIsGoneIsAStatusNotAnException() throws IOException {
        FileStorage storage = FileStorage.open(folder.resolve("a"), 100);
        storage.close();
        assertThat(storage.append(DIGITS, 0, 1)).isEqualTo(Hal.GONE);
        assertThat(storage.sync()).isEqualTo(Hal.GONE);
        assertThat(storage.truncate(0)).isEqualTo(Hal.GONE);
        assertThat(storage.failure()).isNotEmpty();
    }

    @Test
    void aJournalLivesInTwoFiles() throws IOException {
        Path first = folder.resolve("1");
        Path second = folder.resolve("2");
        for (int life = 0; life < 3; life++) {
            try (FileStorage a = FileStorage.open(first, 1_000);
                    FileStorage b = FileStorage.open(second, 1_000)) {
                Journal journal = new Journal(a, b, 16);
                assertThat(journal.open()).isEqualTo(Hal.OK);
                int records = 0;
                while (journal.next() == 1) {
                    records++;
                }
                assertThat(records).isEqualTo(life);
                assertThat(journal.append(1, DIGITS, 0, 10)).isEqualTo(Hal.OK);
                assertThat(journal.compact((type, body, offset, length) -> true))
                        .isEqualTo(Hal.OK);
            }
            Files.write(life % 2 == 0 ? first : second, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        }
    }
}
