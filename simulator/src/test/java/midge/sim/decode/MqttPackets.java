package midge.sim.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;

/** Every packet that the MQTT encoders can write in one version and direction, with each property where it is allowed. */
final class MqttPackets {
    private static final byte[] TEXT = SnFrame.octets("site/attic");
    private static final byte[] FILTERS = new byte[100];

    /** Packet types in the order in which they were written. */
    final List<Integer> types = new ArrayList<>();
    /** Identifiers of all properties, in the order in which they were written. */
    final List<Integer> properties = new ArrayList<>();

    final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    private final int version;
    private final byte[] out = new byte[70_000];
    private final byte[] section = new byte[1_000];
    private final MqttPropertiesWriter writer = new MqttPropertiesWriter();

    private MqttPackets(int version) {
        this.version = version;
    }

    /** CONNECT first, then all that a client sends. */
    static MqttPackets fromClient(int version) {
        MqttPackets packets = new MqttPackets(version);
        packets.connect();
        packets.publishes(false);
        packets.acks();
        packets.subscribe();
        packets.unsubscribe();
        packets.add(MqttType.PINGREQ, MqttPing.encode(packets.out, 0, packets.out.length, MqttType.PINGREQ));
        packets.auth();
        packets.disconnect();
        return packets;
    }

    /** CONNACK first, then all that a server sends. */
    static MqttPackets fromServer(int version) {
        MqttPackets packets = new MqttPackets(version);
        int size = packets.section(MqttType.CONNACK);
        byte[] out = packets.out;
        packets.add(
                MqttType.CONNACK, MqttConnack.encode(out, 0, out.length, version, true, 0, packets.section, 0, size));
        packets.publishes(true);
        packets.acks();
        packets.suback();
        packets.unsuback();
        packets.add(MqttType.PINGRESP, MqttPing.encode(out, 0, out.length, MqttType.PINGRESP));
        packets.auth();
        if (version >= MqttVersion.V5) {
            packets.disconnect();
        }
        return packets;
    }

    private void add(int type, int length) {
        if (length < 0) {
            throw new IllegalStateException("packet type " + type + " is refused: " + length);
        }
        types.add(type);
        octets.write(out, 0, length);
    }

    /** Every property that the packet may carry. @return octets in {@link #section} */
    private int section(int packet) {
        writer.reset(section, 0, section.length);
        for (int id = 1; version >= MqttVersion.V5 && id < 0x2B; id++) {
            if (Property.isAllowed(id, packet)) {
                put(id);
            }
        }
        if (writer.status() != 0) {
            throw new IllegalStateException("property is refused: " + writer.status());
        }
        return writer.length();
    }

    private void put(int id) {
        properties.add(id);
        switch (Property.type(id)) {
            case Property.STRING, Property.BINARY -> writer.put(id, TEXT, 0, TEXT.length);
            case Property.PAIR -> writer.putUser(TEXT, 0, 4, TEXT, 5, 5);
            default -> writer.put(id, 1);
        }
    }

    private void connect() {
        MqttConnectWriter connect = new MqttConnectWriter().reset(version, true, 60);
        int size = section(MqttType.CONNECT);
        byte[] own = java.util.Arrays.copyOf(section, size);
        int willSize = section(Property.WILL);
        connect.properties(own, 0, size)
                .clientId(TEXT, 0, 4)
                .will(TEXT, 0, TEXT.length, 2, true)
                .willPayload(TEXT, 0, 4)
                .willProperties(section, 0, willSize)
                .userName(TEXT, 0, 4)
                .password(TEXT, 5, 5);
        add(MqttType.CONNECT, connect.encode(out, 0, out.length));
    }

    private void publishes(boolean fromServer) {
        for (int payload : new int[] {0, 4, 200, 20_000}) {
            for (int qos = 0; qos <= 2; qos++) {
                int flags = MqttPublish.flags(qos, qos == 2, qos > 0);
                int size = payload == 4 ? publishSection(fromServer) : 0;
                byte[] data = SnFrame.octets("x".repeat(payload));
                add(
                        MqttType.PUBLISH,
                        MqttPublish.encode(
                                out,
                                0,
                                out.length,
                                version,
                                flags,
                                TEXT,
                                0,
                                TEXT.length,
                                qos == 0 ? 0 : 7,
                                section,
                                0,
                                size,
                                data,
                                0,
                                payload));
            }
        }
    }

    /** A client may not send a subscription identifier (MQTT 5.0 §3.3.4). */
    private int publishSection(boolean fromServer) {
        writer.reset(section, 0, section.length);
        for (int id = 1; version >= MqttVersion.V5 && id < 0x2B; id++) {
            boolean misplaced = id == Property.SUBSCRIPTION_IDENTIFIER && !fromServer;
            if (Property.isAllowed(id, MqttType.PUBLISH) && !misplaced) {
                put(id);
            }
        }
        return writer.length();
    }

    private void acks() {
        for (int type = MqttType.PUBACK; type <= MqttType.PUBCOMP; type++) {
            add(type, MqttAck.encode(out, 0, out.length, type, 7));
            if (version >= MqttVersion.V5) {
                int code = type < MqttType.PUBREL ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
                add(type, MqttAck.encode(out, 0, out.length, type, 7, code, section, 0, section(type)));
            }
        }
    }

    private void subscribe() {
        int length = 0;
        for (int qos = 0; qos <= 2; qos++) {
            int options = version < MqttVersion.V5 ? qos : qos | MqttSubscribe.NO_LOCAL | MqttSubscribe.RETAIN_NEVER;
            length += MqttSubscribe.entry(FILTERS, length, FILTERS.length - length, TEXT, 0, 4 + qos, options);
        }
        int size = section(MqttType.SUBSCRIBE);
        add(
                MqttType.SUBSCRIBE,
                MqttSubscribe.encode(out, 0, out.length, version, 9, section, 0, size, FILTERS, 0, length));
    }

    private void unsubscribe() {
        int length = MqttUnsubscribe.entry(FILTERS, 0, FILTERS.length, TEXT, 0, 4);
        length += MqttUnsubscribe.entry(FILTERS, length, FILTERS.length - length, TEXT, 0, TEXT.length);
        int size = section(MqttType.UNSUBSCRIBE);
        add(
                MqttType.UNSUBSCRIBE,
                MqttUnsubscribe.encode(out, 0, out.length, version, 10, section, 0, size, FILTERS, 0, length));
    }

    private void suback() {
        byte[] codes = {0, 1, 2, (byte) 0x80};
        int size = section(MqttType.SUBACK);
        add(MqttType.SUBACK, MqttSuback.encode(out, 0, out.length, version, 9, section, 0, size, codes, 0, 4));
    }

    private void unsuback() {
        byte[] codes = {0, 0x11};
        int size = section(MqttType.UNSUBACK);
        add(MqttType.UNSUBACK, MqttUnsuback.encode(out, 0, out.length, version, 10, section, 0, size, codes, 0, 2));
    }

    private void auth() {
        if (version >= MqttVersion.V5) {
            int size = section(MqttType.AUTH);
            add(MqttType.AUTH, MqttAuth.encode(out, 0, out.length, 0x18, section, 0, size));
        }
    }

    private void disconnect() {
        boolean bare = version < MqttVersion.V5;
        int size = section(MqttType.DISCONNECT);
        add(MqttType.DISCONNECT, MqttDisconnect.encode(out, 0, out.length, 0, bare ? null : section, 0, size));
    }
}
