package midge.board.ble;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bluez.Adapter1;
import org.bluez.Device1;
import org.bluez.GattCharacteristic1;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.ObjectManager;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/** Calls to bluetoothd. What it refuses is an {@link IOException} of one sentence. */
final class Bluez implements AutoCloseable {
    private static final String NAME = "org.bluez";

    private final DBusConnection bus;

    private Bluez(DBusConnection bus) {
        this.bus = bus;
    }

    /** Finds bluetoothd. */
    static Bluez connect() throws IOException {
        try {
            return new Bluez(
                    DBusConnectionBuilder.forSystemBus().withShared(false).build());
        } catch (DBusException | RuntimeException e) {
            throw new IOException(
                    "there is no D-Bus system bus (" + said(e) + "), which Bluetooth needs: package dbus", e);
        }
    }

    /** A call of bluetoothd. */
    private interface Call<T> {
        T make() throws DBusException;
    }

    private static <T> T call(String what, Call<T> call) throws IOException {
        try {
            return call.make();
        } catch (DBusException e) {
            throw new IOException(what + ": " + said(e), e);
        } catch (DBusExecutionException e) {
            throw new IOException(sentence(what, e.getClass().getSimpleName(), said(e)), e);
        }
    }

    private static String said(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("").strip();
    }

    /** {@return what went wrong, for a person} */
    static String sentence(String what, String type, String said) {
        String all = type + " " + said;
        if (all.contains("AccessDenied")) {
            return "this user may not use Bluetooth; sudo usermod -aG bluetooth " + System.getProperty("user.name")
                    + ", then log in again";
        }
        if (all.contains("ServiceUnknown")
                || all.contains("NameHasNoOwner")
                || all.contains("Spawn")
                || all.contains("not provided by any")) {
            return "bluetoothd does not run; sudo systemctl start bluetooth (package bluez)";
        }
        return what + (said.isEmpty() || said.equals("null") ? "" : ": " + said);
    }

    private <T extends DBusInterface> T object(String path, Class<T> kind) throws DBusException {
        return bus.getRemoteObject(NAME, path, kind);
    }

    /** {@return what bluetoothd knows now} */
    BluezObjects objects() throws IOException {
        return new BluezObjects(call("bluetoothd does not answer", () -> {
            Map<String, Map<String, Map<String, Object>>> all = new HashMap<>();
            object("/", ObjectManager.class)
                    .GetManagedObjects()
                    .forEach((path, kinds) -> all.put(path.getPath(), plain(kinds)));
            return all;
        }));
    }

    private static Map<String, Map<String, Object>> plain(Map<String, Map<String, Variant<?>>> kinds) {
        Map<String, Map<String, Object>> plain = new HashMap<>();
        kinds.forEach((kind, properties) -> {
            Map<String, Object> values = new HashMap<>();
            properties.forEach((name, value) -> values.put(name, plain(value.getValue())));
            plain.put(kind, values);
        });
        return plain;
    }

    private static Object plain(Object value) {
        return value instanceof Object[] array ? List.copyOf(Arrays.asList(array)) : value;
    }

    /** Switches an adapter on, if it is not. */
    void power(String adapter) throws IOException {
        call(
                "the Bluetooth adapter " + adapter.replaceFirst(".*/", "") + " cannot be switched on (rfkill unblock"
                        + " bluetooth)",
                () -> {
                    Properties properties = object(adapter, Properties.class);
                    if (!Boolean.TRUE.equals(properties.<Object>Get(BluezObjects.ADAPTER, "Powered"))) {
                        properties.Set(BluezObjects.ADAPTER, "Powered", true);
                    }
                    return true;
                });
    }

    /** Begins to look for LE devices. */
    void discover(String adapter) throws IOException {
        call("devices cannot be looked for", () -> {
            Adapter1 radio = object(adapter, Adapter1.class);
            radio.SetDiscoveryFilter(Map.of("Transport", new Variant<>("le")));
            radio.StartDiscovery();
            return true;
        });
    }

    /** Ends that. */
    void stopDiscovery(String adapter) throws IOException {
        call("the search for devices cannot be ended", () -> {
            object(adapter, Adapter1.class).StopDiscovery();
            return true;
        });
    }

    /** Forgets a device, whose address may have changed hands. */
    void forget(String adapter, String device) throws IOException {
        call("the device cannot be forgotten", () -> {
            object(adapter, Adapter1.class).RemoveDevice(new DBusPath(device));
            return true;
        });
    }

    /** Connects, which takes as long as the device sleeps. */
    void connect(String name, String device) throws IOException {
        call(name + " takes no connection", () -> {
            object(device, Device1.class).Connect();
            return true;
        });
    }

    void disconnect(String device) throws IOException {
        call("the device cannot be let go", () -> {
            object(device, Device1.class).Disconnect();
            return true;
        });
    }

    void startNotify(String characteristic) throws IOException {
        call("the device does not notify", () -> {
            object(characteristic, GattCharacteristic1.class).StartNotify();
            return true;
        });
    }

    void write(BluezObjects.Uart uart, byte[] chunk) throws IOException {
        Map<String, Variant<?>> how = Map.of("type", new Variant<>(uart.writesUnanswered() ? "command" : "request"));
        call("the device takes nothing", () -> {
            object(uart.write(), GattCharacteristic1.class).WriteValue(chunk, how);
            return true;
        });
    }

    /** {@return octets, which the library gives as an array or a list} */
    static byte[] octets(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        List<?> list = value instanceof List<?> given ? given : List.of();
        byte[] octets = new byte[list.size()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = list.get(i) instanceof Number octet ? octet.byteValue() : 0;
        }
        return octets;
    }

    /** What a property of an object has become. */
    interface Listener {
        void changed(String path, String property, Object value);
    }

    /** Tells of changes from now on, one after the other, on a thread of the bus. */
    void listen(Listener listener) throws IOException {
        call(
                "bluetoothd does not tell what happens",
                () -> bus.addSigHandler(
                        Properties.PropertiesChanged.class,
                        signal -> signal.getPropertiesChanged()
                                .forEach((name, value) -> listener.changed(signal.getPath(), name, value.getValue()))));
    }

    @Override
    public void close() {
        bus.disconnect();
    }
}
