package midge.hal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;

class RamStorageTest {
    private final RamStorage storage = new RamStorage(6);
    private final byte[] into = new byte[8];

    @Test
    void keepsWhatIsAppendedUntilItIsFull() {
        assertEquals(Hal.OK, storage.append(Hex.bytes("00 01 02 03 04"), 1, 4));
        assertEquals(Hal.FULL, storage.append(new byte[3], 0, 3));
        assertEquals(4, storage.length());
        assertEquals(3, storage.read(1, into, 1, 7));
        assertEquals("00 02 03 04 00", Hex.of(into, 0, 5));
        assertEquals(2, storage.read(0, into, 0, 2));
        assertEquals(0, storage.read(4, into, 0, 8));
        assertEquals(0, storage.read(Long.MAX_VALUE, into, 0, 8));
        assertEquals(Hal.INVALID, storage.read(-1, into, 0, 8));
        assertEquals(Hal.OK, storage.sync());
    }

    @Test
    void forgetsFromAPositionOn() {
        storage.append(Hex.bytes("01 02 03 04"), 0, 4);
        assertEquals(Hal.INVALID, storage.truncate(5));
        assertEquals(Hal.INVALID, storage.truncate(-1));
        assertEquals(Hal.OK, storage.truncate(1));
        assertEquals(Hal.OK, storage.append(Hex.bytes("09"), 0, 1));
        assertEquals(2, storage.read(0, into, 0, 8));
        assertEquals("01 09", Hex.of(into, 0, 2));
    }
}
