package midge.board.pi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.i2c.I2C;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProvider;
import com.pi4j.plugin.mock.provider.spi.MockSpiProvider;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import midge.board.Board;
import midge.board.Boards;
import midge.hal.DigitalIn;
import midge.hal.DigitalOut;
import midge.hal.Hal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Pi4J's mock: its natives are for ARM only. */
class RaspberryPiBoardTest {
    @TempDir
    private Path root;

    private final Context pi4j = Pi4J.newContextBuilder()
            .noAutoDetect()
            .disableShutdownHook()
            .add(
                    MockDigitalInputProvider.newInstance(),
                    MockDigitalOutputProvider.newInstance(),
                    MockI2CProvider.newInstance(),
                    MockSpiProvider.newInstance())
            .build();

    @AfterEach
    void shutDown() {
        pi4j.shutdown();
    }

    private RaspberryPiBoard board() {
        return new RaspberryPiBoard(pi4j, root);
    }

    private void node(String name) throws Exception {
        Files.createDirectories(root.resolve("dev"));
        Files.createFile(root.resolve("dev").resolve(name));
    }

    @Test
    void isFoundByItsNameAndRefusesOtherMachines() {
        assertThat(Boards.names()).contains("raspberry-pi");
        assertThatThrownBy(() -> new RaspberryPiProvider(root).open())
                .hasMessageStartingWith("this machine is no Raspberry Pi; board = \"linux\"");
    }

    @Test
    void anotherBoardIsCalledByItsModel() throws Exception {
        Files.createDirectories(root.resolve("proc/device-tree"));
        Files.writeString(root.resolve("proc/device-tree/model"), "BeagleBone Black\0");
        assertThatThrownBy(() -> new RaspberryPiProvider(root).open()).hasMessageContaining("but a BeagleBone Black");
    }

    @Test
    void pinsReadAndWriteLevels() throws Exception {
        Board board = board();
        DigitalIn input = board.input(4, Board.Pull.UP);
        MockDigitalInput mock = pi4j.registry().get("in-4", MockDigitalInput.class);
        mock.mockState(DigitalState.HIGH);
        assertThat(input.read()).isEqualTo(1);
        mock.mockState(DigitalState.LOW);
        assertThat(input.read()).isZero();

        DigitalOut output = board.output(17, true);
        DigitalOutput seen = pi4j.registry().get("out-17", DigitalOutput.class);
        assertThat(seen.isHigh()).isTrue();
        assertThat(output.write(false)).isEqualTo(Hal.OK);
        assertThat(seen.isHigh()).isFalse();
        assertThat(board.output(17, false)).isSameAs(output);
    }

    @Test
    void aPinForTwoPurposesIsRefused() throws Exception {
        Board board = board();
        board.input(4, Board.Pull.NONE);
        assertThatThrownBy(() -> board.output(4, false))
                .hasMessage("pin 4 is used twice, once to read and once to write");
    }

    @Test
    void aBusThatIsNotEnabledIsTold() {
        assertThatThrownBy(() -> board().i2c(1))
                .hasMessage("there is no /dev/i2c-1; ./midge device check tells how to enable it");
        assertThatThrownBy(() -> board().spi(0, 1, 1_000_000)).hasMessageContaining("/dev/spidev0.1");
        assertThatThrownBy(() -> board().echo(5, 6)).hasMessageContaining("cannot time edges");
    }

    @Test
    void spiMovesAllOctetsOrFails() throws Exception {
        node("spidev0.0");
        assertThat(board().spi(0, 0, 1_000_000).transfer(new byte[3], 0, new byte[3], 0, 3))
                .isIn(Hal.OK, Hal.BUS_ERROR); // the mock answers 0
    }

    /** An I2C device that notes what is asked of it, and fails when told to. */
    private static I2C recording(List<String> calls, String failure) {
        return (I2C) Proxy.newProxyInstance(
                I2C.class.getClassLoader(), new Class<?>[] {I2C.class}, (self, method, given) -> {
                    if (!failure.isEmpty()) {
                        throw new IOException(failure);
                    }
                    StringBuilder call = new StringBuilder(method.getName());
                    for (Object each : given) {
                        call.append(' ')
                                .append(
                                        each instanceof byte[] octets
                                                ? HexFormat.of().formatHex(octets)
                                                : each);
                    }
                    calls.add(call.toString());
                    return given[given.length - 1];
                });
    }

    @Test
    void i2cMakesOneTransactionOfWriteAndRead() {
        List<String> calls = new ArrayList<>();
        Pi4jI2cBus bus = new Pi4jI2cBus(address -> recording(calls, ""));
        byte[] octets = {1, 2, 3, 4};
        assertThat(bus.transfer(0x76, octets, 1, 2, octets, 0, 3)).isEqualTo(Hal.OK);
        assertThat(bus.transfer(0x76, octets, 1, 2, octets, 0, 0)).isEqualTo(Hal.OK);
        assertThat(bus.transfer(0x76, octets, 1, 0, octets, 2, 2)).isEqualTo(Hal.OK);
        assertThat(bus.transfer(0x07, octets, 1, 0, octets, 2, 2)).isEqualTo(Hal.INVALID);
        assertThat(calls).containsExactly("readRegister 0203 01020304 0 3", "write 01020304 1 2", "read 01020304 2 2");
    }

    @Test
    void i2cTellsAnAbsentChipFromABrokenBus() {
        byte[] octets = new byte[2];
        assertThat(new Pi4jI2cBus(a -> recording(List.of(), "Remote I/O error"))
                        .transfer(0x44, octets, 0, 1, octets, 0, 1))
                .isEqualTo(Hal.NACK);
        assertThat(new Pi4jI2cBus(a -> recording(List.of(), "Connection timed out"))
                        .transfer(0x44, octets, 0, 1, octets, 0, 1))
                .isEqualTo(Hal.BUS_ERROR);
        assertThat(new Pi4jI2cBus(a -> recording(List.of(), "Operation not supported"))
                        .transfer(0x44, octets, 0, 1, octets, 0, 1))
                .isEqualTo(Hal.UNSUPPORTED);
    }
}
