package midge.board.ble;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** From a name to a connected device. */
final class BleSearch {
    private static final int DISCOVERY_MS = 10_000;
    /** A discovery sometimes finds nothing, and the next one does. */
    private static final int DISCOVERIES = 3;

    private static final int SERVICES_MS = 15_000;
    private static final int LOOK_MS = 200;

    private final Bluez bluez;
    private final BleUri uri;

    BleSearch(Bluez bluez, BleUri uri) {
        this.bluez = bluez;
        this.uri = uri;
    }

    /**
     * A device in use.
     *
     * @param path of the device
     */
    record Found(String path, BluezObjects.Uart uart) {}

    /** Finds the device, connects, and reads its services. */
    Found connect() throws IOException {
        BluezObjects objects = bluez.objects();
        String adapter = objects.adapter(uri.adapter())
                .orElseThrow(() -> new IOException("this machine has no Bluetooth adapter"
                        + (uri.adapter().isEmpty() ? "" : " " + uri.adapter())));
        bluez.power(adapter);
        String device = find(adapter);
        bluez.connect(uri.wanted(), device);
        BluezObjects known = await(SERVICES_MS, now -> now.is(device, "ServicesResolved"));
        if (known == null) {
            throw new IOException(uri.wanted() + " does not tell its services");
        }
        return known.uart(device)
                .map(uart -> new Found(device, uart))
                .orElseThrow(() -> new IOException(uri.wanted()
                        + " has no UART service, neither Nordic's (6e400001-...) nor that of an HM-10 (ffe0)"));
    }

    /** A device that is merely remembered may be far away; connecting tells. */
    private String find(String adapter) throws IOException {
        Optional<String> known = bluez.objects().device(adapter, uri.wanted());
        for (int i = 0; i < DISCOVERIES && known.isEmpty(); i++) {
            bluez.discover(adapter);
            try {
                BluezObjects found = await(
                        DISCOVERY_MS, now -> now.device(adapter, uri.wanted()).isPresent());
                known = found == null ? Optional.empty() : found.device(adapter, uri.wanted());
            } finally {
                bluez.stopDiscovery(adapter);
            }
        }
        if (known.isPresent()) {
            return known.get();
        }
        String seen = String.join(", ", bluez.objects().deviceNames(adapter));
        throw new IOException("there is no BLE device \"" + uri.wanted() + "\" in reach"
                + (seen.isEmpty() ? "" : ", only " + seen) + "; is it switched on, and connected to nobody else?");
    }

    /** {@return what bluetoothd knows once it fits, null when it does not become so} */
    private @Nullable BluezObjects await(int patienceMs, Predicate<BluezObjects> fits) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        do {
            BluezObjects now = bluez.objects();
            if (fits.test(now)) {
                return now;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        } while (System.nanoTime() < end);
        return null;
    }
}
