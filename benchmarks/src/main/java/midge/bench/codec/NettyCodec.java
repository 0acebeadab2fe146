package midge.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.codec.mqtt.NettyEncoding;
import java.util.List;
import midge.mqtt.codec.Property;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The work, done by netty-codec-mqtt: a message object is made and encoded into a pooled buffer, which the caller releases; octets lie in
 * one buffer and go straight into the decoder, with nothing in the pipeline but a handler that looks at the message.
 */
@State(Scope.Thread)
public class NettyCodec {
    private static final int PACKET_MAX = 70_000;

    private final Received received =
            new Received(new MqttDecoder(PACKET_MAX), PooledByteBufAllocator.DEFAULT, NettyCodec::look);
    private final byte[] password = Sample.octets(Sample.PASSWORD);
    private final byte[] willPayload = Sample.octets(Sample.WILL_PAYLOAD);

    ByteBuf encodePublish(byte[] payload) {
        return encode(publish(payload, MqttProperties.NO_PROPERTIES));
    }

    ByteBuf encodePublish5(byte[] payload) {
        MqttProperties properties = new MqttProperties();
        properties.add(new IntegerProperty(Property.MESSAGE_EXPIRY_INTERVAL, Sample.EXPIRY_S));
        properties.add(new StringProperty(Property.CONTENT_TYPE, Sample.CONTENT_TYPE));
        properties.add(new StringProperty(Property.RESPONSE_TOPIC, Sample.RESPONSE_TOPIC));
        properties.add(new BinaryProperty(Property.CORRELATION_DATA, Sample.CORRELATION));
        properties.add(new UserProperty(Sample.USER_KEY, Sample.USER_VALUE));
        return encode(publish(payload, properties));
    }

    private static MqttMessage publish(byte[] payload, MqttProperties properties) {
        return new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_LEAST_ONCE, false, 0),
                new MqttPublishVariableHeader(Sample.TOPIC, Sample.PACKET_ID, properties),
                Unpooled.wrappedBuffer(payload));
    }

    ByteBuf encodeConnect() {
        return encodeConnect(MqttVersion.MQTT_3_1_1);
    }

    private ByteBuf encodeConnect(MqttVersion version) {
        return encode(new MqttConnectMessage(
                new MqttFixedHeader(MqttMessageType.CONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0),
                new MqttConnectVariableHeader(
                        version.protocolName(),
                        version.protocolLevel(),
                        true,
                        true,
                        false,
                        1,
                        true,
                        true,
                        Sample.KEEP_ALIVE_S),
                new MqttConnectPayload(Sample.CLIENT_ID, Sample.WILL_TOPIC, willPayload, Sample.USER_NAME, password)));
    }

    /** From here on this channel speaks 5.0: the codec learns it from a CONNECT. */
    void speak5() {
        encodeConnect(MqttVersion.MQTT_5).release();
    }

    ByteBuf encodeSubscribe() {
        return encode(new MqttSubscribeMessage(
                new MqttFixedHeader(MqttMessageType.SUBSCRIBE, false, MqttQoS.AT_LEAST_ONCE, false, 0),
                MqttMessageIdVariableHeader.from(Sample.PACKET_ID),
                new MqttSubscribePayload(List.of(subscription(0), subscription(1)))));
    }

    private static MqttTopicSubscription subscription(int i) {
        return new MqttTopicSubscription(Sample.FILTERS[i], MqttQoS.valueOf(Sample.FILTER_QOS[i]));
    }

    private ByteBuf encode(MqttMessage message) {
        return NettyEncoding.encode(received.context(), message);
    }

    int decode(ByteBuf frame) {
        return received.decode(frame.retain().readerIndex(0));
    }

    int decodeStream(ByteBuf stream, int[] ends) {
        return received.decode(stream, ends);
    }

    private static int look(Object decoded) {
        MqttMessage message = (MqttMessage) decoded;
        if (message.decoderResult().isFailure()) {
            throw new IllegalStateException(message.decoderResult().cause());
        }
        if (message instanceof MqttPublishMessage) {
            return lookAtPublish((MqttPublishMessage) message);
        }
        if (message instanceof MqttConnectMessage) {
            return lookAtConnect((MqttConnectMessage) message);
        }
        if (message instanceof MqttSubscribeMessage) {
            return lookAtSubscribe((MqttSubscribeMessage) message);
        }
        Object header = message.variableHeader();
        return header instanceof MqttMessageIdVariableHeader ? ((MqttMessageIdVariableHeader) header).messageId() : 0;
    }

    private static int lookAtPublish(MqttPublishMessage publish) {
        MqttPublishVariableHeader header = publish.variableHeader();
        int id = Math.max(0, header.packetId());
        int sum = id + header.topicName().length() + publish.payload().readableBytes();
        if (!header.properties().isEmpty()) {
            for (MqttProperty<?> property : header.properties().listAll()) {
                sum += lookAtValue(property.value());
            }
        }
        publish.release();
        return sum;
    }

    @SuppressWarnings("unchecked")
    private static int lookAtValue(Object value) {
        if (value instanceof Integer) {
            return (Integer) value;
        }
        if (value instanceof String) {
            return ((String) value).length();
        }
        if (value instanceof byte[]) {
            return ((byte[]) value).length;
        }
        int sum = 0;
        for (StringPair pair : (List<StringPair>) value) {
            sum += pair.value.length();
        }
        return sum;
    }

    private static int lookAtConnect(MqttConnectMessage connect) {
        MqttConnectPayload payload = connect.payload();
        return connect.variableHeader().keepAliveTimeSeconds()
                + payload.clientIdentifier().length()
                + payload.userName().length()
                + payload.passwordInBytes().length
                + payload.willTopic().length()
                + payload.willMessageInBytes().length;
    }

    private static int lookAtSubscribe(MqttSubscribeMessage subscribe) {
        int sum = subscribe.variableHeader().messageId();
        for (MqttTopicSubscription subscription : subscribe.payload().topicSubscriptions()) {
            sum += subscription.topicFilter().length()
                    + subscription.qualityOfService().value();
        }
        return sum;
    }
}
