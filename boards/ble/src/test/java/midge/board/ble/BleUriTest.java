package midge.board.ble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BleUriTest {
    @ParameterizedTest
    @CsvSource({
        "ble://aa:bb:cc:dd:ee:0f, AA:BB:CC:DD:EE:0F, ''",
        "BLE://AA:BB:CC:DD:EE:0F?adapter=hci1, AA:BB:CC:DD:EE:0F, hci1",
        "ble://greenhouse, greenhouse, ''",
        "ble://My%20UART+1/?adapter=hci0, My UART+1, hci0",
    })
    void namesADeviceByAddressOrName(String text, String wanted, String adapter) {
        assertThat(BleUri.parse(text)).isEqualTo(new BleUri(wanted, adapter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ble://                    | names no BLE device, expected ble://AA:BB:CC:DD:EE:FF or ble://name",
                "ble:x                     | names no BLE device",
                "ble://AA:BB:CC:DD:EE      | is no address",
                "ble://AA-BB-CC-DD-EE-FF   | is no address",
                "ble://x?adaptor=hci0      | the only option is adapter=hci0",
                "ble://x%2                 | has a % that is not followed by two digits",
            })
    void whatIsWrongIsToldInOneLine(String text, String expected) {
        assertThatThrownBy(() -> BleUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> new BleLinkProvider().check(text)).hasMessageContaining(expected);
    }
}
