package midge.mqtt.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;

/** Random and mutated octets from the server, in all states: no exception, bounded memory, and the client serves again afterwards. */
class HostileServerTest {
    static final String[] PACKETS = {
        "20 03 00 00 00",
        "20 02 00 00",
        "20 03 01 00 00",
        "D0 00",
        "40 02 00 01",
        "50 02 00 02",
        "62 02 00 07",
        "70 02 00 02",
        "30 05 00 01 74 00 78",
        "32 07 00 01 74 00 07 00 78",
        "34 07 00 01 74 00 08 00 78",
        "30 08 00 01 74 03 23 00 01 78",
        "90 04 00 05 00 00",
        "B0 04 00 05 00 00",
        "E0 01 8B",
        "F0 0A 18 08 15 00 01 4D 16 00 01 02",
        "34 06 00 01 74 00 08 78",
    };

    @Test
    void neverBreaksTheClient() {
        Random random = new Random(0xBAD5EED);
        int connections = 0;
        for (int round = 0; round < 3_000; round++) {
            int version = 3 + random.nextInt(3);
            MqttClientConfig.Builder config =
                    Script.v311().version(version).window(4).requestsMax(2).sendBytes(128);
            config.clean(random.nextBoolean())
                    .adoptSession(random.nextBoolean())
                    .receiveMax(1 + random.nextInt(3));
            if (version == 5) {
                config.topicAliasMax(2).topicAliasesOut(2).sessionExpiryS(random.nextInt(2));
                config.authentication(Script.bytes("M"), null);
            }
            Script script = new Script(config);
            script.heard.pulled = new byte[100];
            for (int i = 0; i < 60; i++) {
                step(script, version, random);
                connections += script.client.isConnected() ? 1 : 0;
            }
            script.cut();
            script.connected(version);
            assertTrue(script.client.isConnected());
            script.sent();
        }
        assertTrue(connections > 10_000, "connected steps: " + connections);
    }

    private static void step(Script script, int version, Random random) {
        if (script.client.wantsClose()) {
            script.cut();
        }
        if (!script.client.isConnected() && random.nextBoolean()) {
            script.connected(version);
        }
        switch (random.nextInt(9)) {
            case 0 -> script.client.onOpen(script.nowMs);
            case 1 -> script.publish(random.nextInt(3), "t", "x");
            case 2 -> script.publishPulled(random.nextInt(3), "t", 100);
            case 3 -> script.subscribe(1, "", "a");
            case 4 -> script.client.pollTransmit(new byte[64], 0, random.nextInt(64));
            case 5 -> script.after(random.nextInt(20_000));
            case 6 -> script.sent(1 + random.nextInt(9));
            default -> {}
        }
        byte[] octets = octets(random);
        int taken = script.client.onBytes(octets, 0, octets.length, script.nowMs);
        assertTrue(taken >= 0 && taken <= octets.length);
    }

    private static byte[] octets(Random random) {
        byte[] octets = Hex.bytes(PACKETS[random.nextInt(PACKETS.length)]);
        if (random.nextInt(8) == 0) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }
}
