package midge.board.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialUriTest {
    private final SerialLinkProvider provider = new SerialLinkProvider();

    @Test
    void readsPortAndOptions() {
        SerialUri uri = SerialUri.parse(
                "serial:///dev/serial/by-id/a%20b?speed=9600&flow=rtscts&driver=jserialcomm&room=x%26y",
                Set.of("room"));
        assertThat(uri.scheme()).isEqualTo("serial");
        assertThat(uri.path()).isEqualTo("/dev/serial/by-id/a b");
        assertThat(uri.speed()).isEqualTo(9_600);
        assertThat(uri.hasHardwareFlow()).isTrue();
        assertThat(uri.driver()).isEqualTo("jserialcomm");
        assertThat(uri.option("room", "")).isEqualTo("x&y");
    }

    @Test
    void whatIsNotSaidIsAsTheFirmwareHasIt() {
        SerialUri uri = SerialUri.parse("serial:///dev/ttyUSB0", Set.of());
        assertThat(uri.speed()).isEqualTo(115_200);
        assertThat(uri.hasHardwareFlow()).isFalse();
        assertThat(uri.driver()).isEqualTo("jssc");
        provider.check("serial:///dev/ttyUSB0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "serial://dev/ttyUSB0           | 'serial://dev/ttyUSB0' names no serial port, expected three slashes as in serial:///dev/ttyUSB0",
                "serial:///                     | 'serial:///' names no serial port, expected three slashes as in serial:///dev/ttyUSB0",
                "serial:///dev/t t              | 'serial:///dev/t t' is not a URI, expected serial:///dev/ttyUSB0",
                "serial:///dev/x?speed          | 'speed' in 'serial:///dev/x?speed' is no option, expected name=value",
                "serial:///dev/x?speed=fast     | speed is 'fast' for /dev/x, must be 300..4000000",
                "serial:///dev/x?speed=1&speed=2| speed is given twice in 'serial:///dev/x?speed=1&speed=2'",
                "serial:///dev/x?sped=9600      | there is no option sped in 'serial:///dev/x?sped=9600', only driver, flow, framing, mtu, speed, did you mean speed?",
                "serial:///dev/x?framing=slipp  | framing is 'slipp' for /dev/x, must be cobs or hdlc or length or slip, did you mean slip?",
                "serial:///dev/x?driver=rxtx    | driver is 'rxtx' for /dev/x, must be jserialcomm or jssc",
                "serial:///dev/x?flow=xonxoff   | flow is 'xonxoff' for /dev/x, must be none or rtscts",
                "serial:///dev/x?mtu=20         | mtu is '20' for /dev/x, must be 32..65533",
            })
    void aWrongUriIsExplained(String uri, String message) {
        assertThatThrownBy(() -> provider.check(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
