package midge.sim.net;

import java.util.List;
import midge.wire.Ranges;

/**
 * What a medium is by nature; what goes wrong on it is in {@link Faults}.
 *
 * @param mtu            largest frame, octets
 * @param bitRate        bits on air per second; 0 for a medium where sending takes no time worth counting
 * @param overheadOctets what the layers below add to each frame: preamble, addresses, checksum
 * @param backlogMs      how much air time may wait in a node's transmitter before it answers "full"
 */
public record RadioProfile(int mtu, int bitRate, int overheadOctets, int backlogMs) {
    /** Checks the ranges. */
    public RadioProfile {
        Ranges.check("mtu", mtu, 1, 65_507);
        Ranges.check("bitRate", bitRate, 0, 1_000_000_000);
        Ranges.check("overheadOctets", overheadOctets, 0, 1_000);
        Ranges.check("backlogMs", backlogMs, 1, 60_000);
    }

    /** UDP on a local network: frames of one Ethernet packet, no air time. */
    public static RadioProfile udp() {
        return new RadioProfile(1_472, 0, 42, 1_000);
    }

    /** IEEE 802.15.4 at 2.4 GHz under a Zigbee-like network layer: 250 kbit/s, about 80 octets left for the application. */
    public static RadioProfile ieee802154() {
        return new RadioProfile(80, 250_000, 53, 1_000);
    }

    /** A BLE link at 1 Mbit/s with an MTU of 247: 244 octets for the application, 17 of overhead. */
    public static RadioProfile ble() {
        return new RadioProfile(244, 1_000_000, 17, 1_000);
    }

    /** LoRa-like at spreading factor 7 and 125 kHz: about 5.5 kbit/s, 222 octets, half a minute of patience. */
    public static RadioProfile lora() {
        return new RadioProfile(222, 5_470, 28, 30_000);
    }

    /** A serial line at 115,200 baud, ten bits an octet, with a framing around each frame. */
    public static RadioProfile serial() {
        return new RadioProfile(256, 92_160, 8, 1_000);
    }

    /**
     * {@return the profile of a name}
     *
     * @param name one of {@link #names}
     * @throws IllegalArgumentException for another one
     */
    public static RadioProfile named(String name) {
        return switch (name) {
            case "udp" -> udp();
            case "zigbee" -> ieee802154();
            case "ble" -> ble();
            case "lora" -> lora();
            case "serial" -> serial();
            default ->
                throw new IllegalArgumentException(
                        "no radio is called \"" + name + "\"; there are " + String.join(", ", names()));
        };
    }

    /** {@return the names of the profiles above} */
    public static List<String> names() {
        return List.of("udp", "zigbee", "ble", "lora", "serial");
    }

    /** {@return microseconds that a frame of {@code octets} keeps the transmitter busy} */
    public long airtimeUs(int octets) {
        return bitRate == 0 ? 0 : (octets + overheadOctets) * 8_000_000L / bitRate;
    }
}
