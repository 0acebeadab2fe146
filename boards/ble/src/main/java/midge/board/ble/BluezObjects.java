package midge.board.ble;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What bluetoothd knows at one moment: objects by path, each with interfaces, each with properties. */
final class BluezObjects {
    static final String ADAPTER = "org.bluez.Adapter1";
    static final String DEVICE = "org.bluez.Device1";
    private static final String SERVICE = "org.bluez.GattService1";
    private static final String CHARACTERISTIC = "org.bluez.GattCharacteristic1";

    /** Nordic's UART service, and that of HM-10 modules. */
    private static final List<String> UART_SERVICES =
            List.of("6e400001-b5a3-f393-e0a9-e50e24dcca9e", "0000ffe0-0000-1000-8000-00805f9b34fb");

    private static final int MTU_MIN = 23;
    /** Octets of the MTU that a write or a notification needs for itself. */
    private static final int ATT_HEADER = 3;

    /** An attribute is never longer, so no notification is. */
    static final int CHUNK_MOST = 512;

    /** What fits one packet of the link layer; longer ones are cut there, and many devices take none. */
    private static final int WRITE_MOST = 244;

    private final SortedMap<String, Map<String, Map<String, Object>>> objects;

    BluezObjects(Map<String, Map<String, Map<String, Object>>> objects) {
        this.objects = new TreeMap<>(objects);
    }

    /**
     * The two ways of a UART service.
     *
     * @param write path of the characteristic to write to
     * @param writesUnanswered whether the device need not acknowledge what is written: the link layer does so anyway
     * @param notifying path of the one that notifies, which may be the same
     * @param chunkMost octets in one write
     */
    record Uart(String write, boolean writesUnanswered, String notifying, int chunkMost) {}

    /** {@return the path of an adapter} */
    Optional<String> adapter(String name) {
        return objects.keySet().stream()
                .filter(path -> has(path, ADAPTER))
                .filter(path -> name.isEmpty() || path.endsWith("/" + name))
                .findFirst();
    }

    /** {@return the path of a device, by its address or the name that it tells} */
    Optional<String> device(String adapter, String wanted) {
        return objects.keySet().stream()
                .filter(path -> path.startsWith(adapter + "/") && has(path, DEVICE))
                .filter(path -> wanted.equals(text(path, DEVICE, "Address"))
                        || wanted.equals(text(path, DEVICE, "Name"))
                        || wanted.equals(text(path, DEVICE, "Alias")))
                .findFirst();
    }

    /** {@return names of the devices that are known} */
    List<String> deviceNames(String adapter) {
        return objects.keySet().stream()
                .filter(path -> path.startsWith(adapter + "/") && has(path, DEVICE))
                .map(path -> text(path, DEVICE, "Alias"))
                .toList();
    }

    /** {@return whether a property of a device is true} */
    boolean is(String device, String property) {
        return Boolean.TRUE.equals(property(device, DEVICE, property));
    }

    /** {@return the UART of a device whose services are known} */
    Optional<Uart> uart(String device) {
        return objects.keySet().stream()
                .filter(path -> path.startsWith(device + "/") && has(path, SERVICE))
                .filter(path ->
                        UART_SERVICES.contains(text(path, SERVICE, "UUID").toLowerCase(Locale.ROOT)))
                .flatMap(service -> uartOf(service).stream())
                .findFirst();
    }

    /** By what the characteristics can do, not by their numbers: some firmware has them the other way round. */
    private Optional<Uart> uartOf(String service) {
        Optional<String> notify = characteristic(service, "notify");
        Optional<String> unanswered = characteristic(service, "write-without-response");
        Optional<String> write = unanswered.or(() -> characteristic(service, "write"));
        return write.isEmpty() || notify.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Uart(write.get(), unanswered.isPresent(), notify.get(), mtu(write.get()) - ATT_HEADER));
    }

    private Optional<String> characteristic(String service, String flag) {
        return objects.keySet().stream()
                .filter(path -> path.startsWith(service + "/") && has(path, CHARACTERISTIC))
                .filter(path ->
                        property(path, CHARACTERISTIC, "Flags") instanceof List<?> flags && flags.contains(flag))
                .findFirst();
    }

    private int mtu(String characteristic) {
        int mtu = property(characteristic, CHARACTERISTIC, "MTU") instanceof Number number ? number.intValue() : 0;
        return Math.max(MTU_MIN, Math.min(mtu, WRITE_MOST + ATT_HEADER));
    }

    private boolean has(String path, String kind) {
        return objects.getOrDefault(path, Map.of()).containsKey(kind);
    }

    private Object property(String path, String kind, String name) {
        return objects.getOrDefault(path, Map.of()).getOrDefault(kind, Map.of()).getOrDefault(name, "");
    }

    private String text(String path, String kind, String name) {
        return property(path, kind, name).toString();
    }
}
