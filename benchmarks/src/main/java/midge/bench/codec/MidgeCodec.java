package midge.bench.codec;

import java.util.Arrays;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The work, done by mqtt-lite. What is encoded lies in {@link #out} afterwards. A packet is decoded as a client does it, through the
 * framer. Decoding answers with a sum over what was read, the same for every codec.
 */
@State(Scope.Thread)
public class MidgeCodec {
    final byte[] out = new byte[70_000];

    private final byte[] topic = Sample.octets(Sample.TOPIC);
    private final byte[] clientId = Sample.octets(Sample.CLIENT_ID);
    private final byte[] userName = Sample.octets(Sample.USER_NAME);
    private final byte[] password = Sample.octets(Sample.PASSWORD);
    private final byte[] willTopic = Sample.octets(Sample.WILL_TOPIC);
    private final byte[] willPayload = Sample.octets(Sample.WILL_PAYLOAD);
    private final byte[] contentType = Sample.octets(Sample.CONTENT_TYPE);
    private final byte[] responseTopic = Sample.octets(Sample.RESPONSE_TOPIC);
    private final byte[] userKey = Sample.octets(Sample.USER_KEY);
    private final byte[] userValue = Sample.octets(Sample.USER_VALUE);
    private final byte[][] filters = {Sample.octets(Sample.FILTERS[0]), Sample.octets(Sample.FILTERS[1])};

    private final byte[] scratch = new byte[256];
    private final MqttPropertiesWriter propertiesWriter = new MqttPropertiesWriter();
    private final MqttConnectWriter connectWriter = new MqttConnectWriter();

    private final MqttFramer framer = new MqttFramer(out.length);
    private final MqttPublish publish = new MqttPublish();
    private final MqttConnect connect = new MqttConnect();
    private final MqttSubscribe subscribe = new MqttSubscribe();
    private final MqttAck ack = new MqttAck();
    private final MqttSuback suback = new MqttSuback();
    private final MqttUnsuback unsuback = new MqttUnsuback();
    private final MqttPing ping = new MqttPing();

    int encodePublish(byte[] payload) {
        int flags = MqttPublish.flags(1, false, false);
        return MqttPublish.encode(
                out, 0, out.length, flags, topic, 0, topic.length, Sample.PACKET_ID, payload, 0, payload.length);
    }

    byte[] publish(byte[] payload) {
        return Arrays.copyOf(out, encodePublish(payload));
    }

    int encodePublish5(byte[] payload) {
        propertiesWriter
                .reset(scratch, 0, scratch.length)
                .put(Property.MESSAGE_EXPIRY_INTERVAL, Sample.EXPIRY_S)
                .put(Property.CONTENT_TYPE, contentType, 0, contentType.length)
                .put(Property.RESPONSE_TOPIC, responseTopic, 0, responseTopic.length)
                .put(Property.CORRELATION_DATA, Sample.CORRELATION, 0, Sample.CORRELATION.length)
                .putUser(userKey, 0, userKey.length, userValue, 0, userValue.length);
        return MqttPublish.encode(
                out,
                0,
                out.length,
                MqttVersion.V5,
                MqttPublish.flags(1, false, false),
                topic,
                0,
                topic.length,
                Sample.PACKET_ID,
                scratch,
                0,
                propertiesWriter.length(),
                payload,
                0,
                payload.length);
    }

    int encodeConnect() {
        return connectWriter
                .reset(MqttVersion.V3_1_1, true, Sample.KEEP_ALIVE_S)
                .clientId(clientId, 0, clientId.length)
                .will(willTopic, 0, willTopic.length, 1, false)
                .willPayload(willPayload, 0, willPayload.length)
                .userName(userName, 0, userName.length)
                .password(password, 0, password.length)
                .encode(out, 0, out.length);
    }

    int encodeSubscribe() {
        int length = 0;
        for (int i = 0; i < filters.length; i++) {
            length += MqttSubscribe.entry(
                    scratch, length, scratch.length - length, filters[i], 0, filters[i].length, Sample.FILTER_QOS[i]);
        }
        return MqttSubscribe.encode(
                out, 0, out.length, MqttVersion.V3_1_1, Sample.PACKET_ID, scratch, 0, 0, scratch, 0, length);
    }

    int decodePublish(byte[] frame) {
        int status = publish.wrap(frame, 0, open(frame), MqttVersion.V3_1_1);
        return status + sumOfPublish() + close();
    }

    /** The same without the framer, for a packet that is known to be whole. */
    int decodeWholePublish(byte[] frame) {
        int status = publish.wrap(frame, 0, frame.length, MqttVersion.V3_1_1);
        return status + sumOfPublish();
    }

    private int sumOfPublish() {
        return publish.packetId() + publish.topicLength() + publish.payloadLength();
    }

    int decodePublish5(byte[] frame) {
        int sum = publish.wrap(frame, 0, open(frame), MqttVersion.V5) + sumOfPublish();
        MqttProperties properties = publish.properties();
        properties.rewind();
        while (properties.next()) {
            sum += properties.id() == Property.MESSAGE_EXPIRY_INTERVAL
                    ? (int) properties.value()
                    : properties.valueLength();
        }
        return sum + close();
    }

    int decodeConnect(byte[] frame) {
        int status = connect.wrap(frame, 0, open(frame));
        return status
                + connect.keepAliveS()
                + connect.clientIdLength()
                + connect.userNameLength()
                + connect.passwordLength()
                + connect.willTopicLength()
                + connect.willPayloadLength()
                + close();
    }

    int decodeSubscribe(byte[] frame) {
        int sum = subscribe.wrap(frame, 0, open(frame), MqttVersion.V3_1_1) + subscribe.packetId();
        while (subscribe.next()) {
            sum += subscribe.filterLength() + subscribe.qos();
        }
        return sum + close();
    }

    private int open(byte[] frame) {
        framer.push(frame, 0, frame.length);
        return framer.next();
    }

    /** @return 0: the framer has nothing more */
    private int close() {
        return framer.next();
    }

    int decodeStream(MixedStream stream) {
        int sum = 0;
        int at = 0;
        for (int end : stream.ends) {
            framer.push(stream.bytes, at, end - at);
            for (int n = framer.next(); n > 0; n = framer.next()) {
                sum += decodeAny(framer.buffer(), framer.offset(), n);
            }
            at = end;
        }
        return sum;
    }

    private int decodeAny(byte[] b, int at, int length) {
        switch (MqttHeader.type(b, at)) {
            case MqttType.PUBLISH:
                return publish.wrap(b, at, length, MqttVersion.V3_1_1) + sumOfPublish();
            case MqttType.PUBACK:
            case MqttType.PUBREC:
            case MqttType.PUBREL:
            case MqttType.PUBCOMP:
                return ack.wrap(b, at, length, MqttVersion.V3_1_1) + ack.packetId();
            case MqttType.SUBACK:
                return suback.wrap(b, at, length, MqttVersion.V3_1_1) + suback.packetId();
            case MqttType.UNSUBACK:
                return unsuback.wrap(b, at, length, MqttVersion.V3_1_1) + unsuback.packetId();
            default:
                return ping.wrap(b, at, length, MqttVersion.V3_1_1);
        }
    }
}
