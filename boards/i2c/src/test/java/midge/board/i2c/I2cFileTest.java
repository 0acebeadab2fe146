package midge.board.i2c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.LastErrorException;
import midge.hal.Hal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class I2cFileTest {
    private final byte[] octets = {0x11, 0x22, 0x33, 0x44};
    private final byte[] read = new byte[40];

    private int transfer(FakeAdapter adapter, int address, int writeLength, int readLength) {
        try (I2cFile bus = I2cFile.open(adapter, "/dev/i2c-1")) {
            return bus.transfer(address, octets, 1, writeLength, read, 2, readLength);
        }
    }

    @Test
    void wholeTransfersAreOneRequest() {
        FakeAdapter adapter = new FakeAdapter(true);
        assertThat(transfer(adapter, FakeAdapter.CHIP, 2, 3)).isEqualTo(Hal.OK);
        assertThat(adapter.seen).containsExactly("write 2233", "read 3");
        assertThat(read).startsWith(0, 0, 0x22, 0x23, 0x24, 0);
    }

    @Test
    void wholeTransfersMayOnlyWriteOnlyReadOrOnlyAsk() {
        FakeAdapter adapter = new FakeAdapter(true);
        assertThat(transfer(adapter, FakeAdapter.CHIP, 3, 0)).isEqualTo(Hal.OK);
        assertThat(transfer(adapter, FakeAdapter.CHIP, 0, 2)).isEqualTo(Hal.OK);
        assertThat(transfer(adapter, FakeAdapter.CHIP, 0, 0)).isEqualTo(Hal.OK);
        assertThat(adapter.seen).containsExactly("write 223344", "read 2", "write ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, write kind 0 register 0", // quick
        "1, 0, write kind 1 register 34", // send byte
        "2, 0, write kind 2 register 34 33", // one register
        "3, 0, write kind 8 register 34 3344", // several
        "0, 1, read kind 1 register 0", // receive byte
        "1, 1, read kind 2 register 34 1",
        "1, 4, read kind 8 register 34 4",
        "1, 32, read kind 8 register 34 32",
    })
    void registersAreReadAndWrittenAsSmbusHasThem(int writeLength, int readLength, String seen) {
        FakeAdapter adapter = new FakeAdapter(false);
        assertThat(transfer(adapter, FakeAdapter.CHIP, writeLength, readLength)).isEqualTo(Hal.OK);
        assertThat(adapter.seen).containsExactly(seen);
        for (int i = 0; i < readLength && writeLength > 0; i++) {
            assertThat(read[2 + i]).isEqualTo((byte) (0x22 + i));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "2, 1", "1, 33"})
    void whatSmbusCannotExpressIsRefusedBeforeAnythingIsSent(int writeLength, int readLength) {
        FakeAdapter adapter = new FakeAdapter(false);
        assertThat(transfer(adapter, FakeAdapter.CHIP, writeLength, readLength)).isEqualTo(Hal.UNSUPPORTED);
        assertThat(adapter.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbsentChipIsANackAndAWrongAddressIsInvalid(boolean isWhole) {
        assertThat(transfer(new FakeAdapter(isWhole), 0x44, 1, 1)).isEqualTo(Hal.NACK);
        assertThat(transfer(new FakeAdapter(isWhole), 0x07, 1, 1)).isEqualTo(Hal.INVALID);
    }

    @Test
    void errnoBecomesACode() {
        assertThat(I2cFile.code(Libc.EREMOTEIO)).isEqualTo(Hal.NACK);
        assertThat(I2cFile.code(Libc.EOPNOTSUPP)).isEqualTo(Hal.UNSUPPORTED);
        assertThat(I2cFile.code(110)).isEqualTo(Hal.BUS_ERROR);
    }

    @Test
    void isGoneWhenClosedWhichHappensOnce() {
        FakeAdapter adapter = new FakeAdapter(true);
        I2cFile bus = I2cFile.open(adapter, "/dev/i2c-1");
        bus.close();
        bus.close();
        assertThat(adapter.closed).isEqualTo(1);
        assertThat(bus.transfer(FakeAdapter.CHIP, octets, 0, 1, read, 0, 1)).isEqualTo(Hal.GONE);
    }

    @Test
    void aBusThatDoesNotOpenIsToldInOneSentence() {
        FakeAdapter adapter = new FakeAdapter(true);
        adapter.openErrno = Libc.EACCES;
        assertThatThrownBy(() -> I2cFile.open(adapter, "/dev/i2c-1")).isInstanceOf(LastErrorException.class);
        assertThatThrownBy(() -> new DeviceFileI2c().open(250)).hasMessage("/dev/i2c-250 cannot be used (errno 2)");
    }
}
