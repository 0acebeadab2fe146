package midge.board.ble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BluezObjectsTest {
    private static final String ADAPTER = "/org/bluez/hci0";
    private static final String DEVICE = ADAPTER + "/dev_AA_BB_CC_DD_EE_FF";
    private static final String SERVICE = DEVICE + "/service000a";
    private static final String NORDIC = "6E400001-B5A3-F393-E0A9-E50E24DCCA9E";
    private static final String HM_10 = "0000ffe0-0000-1000-8000-00805f9b34fb";

    private final Map<String, Map<String, Map<String, Object>>> objects = new HashMap<>();

    BluezObjectsTest() {
        put("/org/bluez", "org.bluez.AgentManager1", Map.of());
        put(ADAPTER, "org.bluez.Adapter1", Map.of("Powered", true));
        put("/org/bluez/hci1", "org.bluez.Adapter1", Map.of());
        put(
                DEVICE,
                "org.bluez.Device1",
                Map.of("Address", "AA:BB:CC:DD:EE:FF", "Name", "uart", "Alias", "uart", "ServicesResolved", true));
    }

    private void put(String path, String kind, Map<String, Object> properties) {
        objects.put(path, Map.of(kind, properties));
    }

    private void characteristic(String name, int mtu, String... flags) {
        put(
                SERVICE + "/" + name,
                "org.bluez.GattCharacteristic1",
                mtu == 0 ? Map.of("Flags", List.of(flags)) : Map.of("Flags", List.of(flags), "MTU", mtu));
    }

    private BluezObjects now() {
        return new BluezObjects(objects);
    }

    @Test
    void theFirstAdapterIsTakenUnlessOneIsNamed() {
        assertThat(now().adapter("")).contains(ADAPTER);
        assertThat(now().adapter("hci1")).contains("/org/bluez/hci1");
        assertThat(now().adapter("hci2")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AA:BB:CC:DD:EE:FF, true", "uart, true", "UART, false", "AA:BB:CC:DD:EE:00, false"})
    void aDeviceIsFoundByItsAddressOrItsName(String wanted, boolean isThere) {
        assertThat(now().device(ADAPTER, wanted).isPresent()).isEqualTo(isThere);
        assertThat(now().device("/org/bluez/hci1", wanted)).isEmpty();
        assertThat(now().is(DEVICE, "ServicesResolved")).isTrue();
        assertThat(now().is(DEVICE, "Connected")).isFalse();
    }

    @Test
    void nordicsServiceHasOneCharacteristicForEachWay() {
        put(SERVICE, "org.bluez.GattService1", Map.of("UUID", NORDIC));
        characteristic("char0010", 247, "write", "write-without-response");
        characteristic("char0020", 247, "notify");
        assertThat(now().uart(DEVICE))
                .contains(new BluezObjects.Uart(SERVICE + "/char0010", true, SERVICE + "/char0020", 244));
    }

    @Test
    void anHm10HasOneForBothAndTheSmallestMtuIsAssumed() {
        put(SERVICE, "org.bluez.GattService1", Map.of("UUID", HM_10));
        characteristic("char0010", 0, "read", "write", "notify");
        assertThat(now().uart(DEVICE))
                .contains(new BluezObjects.Uart(SERVICE + "/char0010", false, SERVICE + "/char0010", 20));
    }

    @Test
    void noChunkIsLongerThanAPacket() {
        put(SERVICE, "org.bluez.GattService1", Map.of("UUID", HM_10));
        characteristic("char0010", 517, "write", "notify");
        assertThat(now().uart(DEVICE).orElseThrow().chunkMost()).isEqualTo(244);
    }

    @Test
    void otherServicesAndHalfOnesAreNoUart() {
        put(SERVICE, "org.bluez.GattService1", Map.of("UUID", "0000180f-0000-1000-8000-00805f9b34fb"));
        characteristic("char0010", 23, "write", "notify");
        assertThat(now().uart(DEVICE)).isEmpty();
        put(SERVICE, "org.bluez.GattService1", Map.of("UUID", NORDIC));
        characteristic("char0010", 23, "write");
        assertThat(now().uart(DEVICE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ServiceUnknown | The name org.bluez was not provided by any .service files "
                        + "| bluetoothd does not run; sudo systemctl start bluetooth",
                "AccessDenied | Rejected send message | sudo usermod -aG bluetooth",
                "DBusExecutionException | le-connection-abort-by-local | uart takes no connection: le-connection-abort-by-local",
                "DBusExecutionException | null | uart takes no connection",
            })
    void whatBluetoothdRefusesIsOneSentence(String type, String said, String expected) {
        assertThat(Bluez.sentence("uart takes no connection", type, said)).contains(expected);
    }

    @Test
    void octetsComeAsAnArrayOrAList() {
        assertThat(Bluez.octets(new byte[] {1, -2})).containsExactly(1, -2);
        assertThat(Bluez.octets(List.of((byte) 1, (byte) -2))).containsExactly(1, -2);
    }
}
