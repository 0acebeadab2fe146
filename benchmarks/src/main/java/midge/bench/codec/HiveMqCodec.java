package midge.bench.codec;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.MqttMessageDecoders;
import com.hivemq.client.internal.mqtt.codec.decoder.MqttPingRespDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3ClientMessageDecoders_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3ConnAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3PubAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3PubCompDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3PubRecDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3PubRelDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3PublishDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3SubAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt3.Mqtt3UnsubAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5AuthDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5ClientMessageDecoders_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5ConnAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5DisconnectDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5PubAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5PubCompDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5PubRecDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5PubRelDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5PublishDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5SubAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.decoder.mqtt5.Mqtt5UnsubAckDecoder_Factory;
import com.hivemq.client.internal.mqtt.codec.encoder.HiveMqEncoding;
import com.hivemq.client.internal.mqtt.codec.encoder.MqttMessageEncoder;
import com.hivemq.client.internal.mqtt.codec.encoder.mqtt3.Mqtt3ConnectEncoder_Factory;
import com.hivemq.client.internal.mqtt.codec.encoder.mqtt3.Mqtt3PublishEncoder_Factory;
import com.hivemq.client.internal.mqtt.codec.encoder.mqtt3.Mqtt3SubscribeEncoder_Factory;
import com.hivemq.client.internal.mqtt.codec.encoder.mqtt5.Mqtt5PublishEncoder_Factory;
import com.hivemq.client.internal.mqtt.datatypes.MqttClientIdentifierImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttTopicFilterImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttTopicImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertyImpl;
import com.hivemq.client.internal.mqtt.datatypes.MqttUtf8StringImpl;
import com.hivemq.client.internal.mqtt.message.MqttMessage;
import com.hivemq.client.internal.mqtt.message.auth.MqttSimpleAuth;
import com.hivemq.client.internal.mqtt.message.connect.MqttConnect;
import com.hivemq.client.internal.mqtt.message.connect.MqttConnectRestrictions;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.internal.mqtt.message.publish.MqttWillPublish;
import com.hivemq.client.internal.mqtt.message.subscribe.MqttStatefulSubscribe;
import com.hivemq.client.internal.mqtt.message.subscribe.MqttSubscribe;
import com.hivemq.client.internal.mqtt.message.subscribe.MqttSubscription;
import com.hivemq.client.internal.util.collections.ImmutableList;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The work, done by the HiveMQ client's codec, reached through the factories that its Dagger has generated. Strings, topics and filters
 * are kept in HiveMQ's own encoded form; message objects are made for each packet. A client's codec reads only what a broker sends, so
 * there is no decoding of CONNECT and SUBSCRIBE.
 */
@State(Scope.Thread)
public class HiveMqCodec {
    private final HiveMqEncoding encoding = new HiveMqEncoding(PooledByteBufAllocator.DEFAULT);
    private final MqttMessageEncoder<?> publishEncoder = Mqtt3PublishEncoder_Factory.newInstance();
    private final MqttMessageEncoder<?> publish5Encoder = Mqtt5PublishEncoder_Factory.newInstance();
    private final MqttMessageEncoder<?> connectEncoder = Mqtt3ConnectEncoder_Factory.newInstance();
    private final MqttMessageEncoder<?> subscribeEncoder = Mqtt3SubscribeEncoder_Factory.newInstance();
    private final Received received = received(decoders());
    private final Received received5 = received(decoders5());

    private final MqttTopicImpl topic = MqttTopicImpl.of(Sample.TOPIC);
    private final MqttClientIdentifierImpl clientId = MqttClientIdentifierImpl.of(Sample.CLIENT_ID);
    private final MqttUtf8StringImpl userName = MqttUtf8StringImpl.of(Sample.USER_NAME);
    private final byte[] password = Sample.octets(Sample.PASSWORD);
    private final MqttTopicImpl willTopic = MqttTopicImpl.of(Sample.WILL_TOPIC);
    private final byte[] willPayload = Sample.octets(Sample.WILL_PAYLOAD);
    private final MqttTopicFilterImpl[] filters = {
        MqttTopicFilterImpl.of(Sample.FILTERS[0]), MqttTopicFilterImpl.of(Sample.FILTERS[1])
    };
    private final MqttUtf8StringImpl contentType = MqttUtf8StringImpl.of(Sample.CONTENT_TYPE);
    private final MqttTopicImpl responseTopic = MqttTopicImpl.of(Sample.RESPONSE_TOPIC);
    private final MqttUtf8StringImpl userKey = MqttUtf8StringImpl.of(Sample.USER_KEY);
    private final MqttUtf8StringImpl userValue = MqttUtf8StringImpl.of(Sample.USER_VALUE);

    private static Received received(MqttMessageDecoders decoders) {
        MqttClientConfig config = (MqttClientConfig)
                MqttClient.builder().useMqttVersion5().build().getConfig();
        ByteToMessageDecoder decoder = MqttDecoder_Factory.newInstance(decoders, config, MqttConnect.DEFAULT);
        return new Received(decoder, ByteBufAllocator.DEFAULT, HiveMqCodec::look);
    }

    private static MqttMessageDecoders decoders() {
        return Mqtt3ClientMessageDecoders_Factory.newInstance(
                Mqtt3ConnAckDecoder_Factory.newInstance(),
                Mqtt3PublishDecoder_Factory.newInstance(),
                Mqtt3PubAckDecoder_Factory.newInstance(),
                Mqtt3PubRecDecoder_Factory.newInstance(),
                Mqtt3PubRelDecoder_Factory.newInstance(),
                Mqtt3PubCompDecoder_Factory.newInstance(),
                Mqtt3SubAckDecoder_Factory.newInstance(),
                Mqtt3UnsubAckDecoder_Factory.newInstance(),
                MqttPingRespDecoder_Factory.newInstance());
    }

    private static MqttMessageDecoders decoders5() {
        return Mqtt5ClientMessageDecoders_Factory.newInstance(
                Mqtt5ConnAckDecoder_Factory.newInstance(),
                Mqtt5PublishDecoder_Factory.newInstance(),
                Mqtt5PubAckDecoder_Factory.newInstance(),
                Mqtt5PubRecDecoder_Factory.newInstance(),
                Mqtt5PubRelDecoder_Factory.newInstance(),
                Mqtt5PubCompDecoder_Factory.newInstance(),
                Mqtt5SubAckDecoder_Factory.newInstance(),
                Mqtt5UnsubAckDecoder_Factory.newInstance(),
                MqttPingRespDecoder_Factory.newInstance(),
                Mqtt5DisconnectDecoder_Factory.newInstance(),
                Mqtt5AuthDecoder_Factory.newInstance());
    }

    ByteBuf encodePublish(byte[] payload) {
        MqttPublish publish = new MqttPublish(
                topic,
                ByteBuffer.wrap(payload),
                MqttQos.AT_LEAST_ONCE,
                false,
                MqttPublish.NO_MESSAGE_EXPIRY,
                null,
                null,
                null,
                null,
                MqttUserPropertiesImpl.NO_USER_PROPERTIES,
                null);
        return encoding.encode(publishEncoder, stateful(publish));
    }

    ByteBuf encodePublish5(byte[] payload) {
        MqttPublish publish = new MqttPublish(
                topic,
                ByteBuffer.wrap(payload),
                MqttQos.AT_LEAST_ONCE,
                false,
                Sample.EXPIRY_S,
                null,
                contentType,
                responseTopic,
                ByteBuffer.wrap(Sample.CORRELATION),
                MqttUserPropertiesImpl.of(ImmutableList.of(MqttUserPropertyImpl.of(userKey, userValue))),
                null);
        return encoding.encode(publish5Encoder, stateful(publish));
    }

    private static MqttStatefulPublish stateful(MqttPublish publish) {
        return publish.createStateful(
                Sample.PACKET_ID,
                false,
                MqttStatefulPublish.DEFAULT_NO_TOPIC_ALIAS,
                MqttStatefulPublish.DEFAULT_NO_SUBSCRIPTION_IDENTIFIERS);
    }

    ByteBuf encodeConnect() {
        MqttWillPublish will = new MqttWillPublish(
                willTopic,
                ByteBuffer.wrap(willPayload),
                MqttQos.AT_LEAST_ONCE,
                false,
                MqttPublish.NO_MESSAGE_EXPIRY,
                null,
                null,
                null,
                null,
                MqttUserPropertiesImpl.NO_USER_PROPERTIES,
                0);
        MqttConnect connect = new MqttConnect(
                Sample.KEEP_ALIVE_S,
                true,
                0,
                MqttConnectRestrictions.DEFAULT,
                new MqttSimpleAuth(userName, ByteBuffer.wrap(password)),
                null,
                will,
                MqttUserPropertiesImpl.NO_USER_PROPERTIES);
        return encoding.encode(connectEncoder, connect.createStateful(clientId, null));
    }

    ByteBuf encodeSubscribe() {
        MqttSubscribe subscribe = new MqttSubscribe(
                ImmutableList.of(subscription(0), subscription(1)), MqttUserPropertiesImpl.NO_USER_PROPERTIES);
        return encoding.encode(
                subscribeEncoder,
                subscribe.createStateful(Sample.PACKET_ID, MqttStatefulSubscribe.DEFAULT_NO_SUBSCRIPTION_IDENTIFIER));
    }

    private MqttSubscription subscription(int i) {
        MqttQos qos = Sample.FILTER_QOS[i] == 1 ? MqttQos.AT_LEAST_ONCE : MqttQos.EXACTLY_ONCE;
        return new MqttSubscription(filters[i], qos, false, Mqtt5RetainHandling.SEND, false);
    }

    int decode(ByteBuf frame) {
        return received.decode(frame.retain().readerIndex(0));
    }

    int decode5(ByteBuf frame) {
        return received5.decode(frame.retain().readerIndex(0));
    }

    int decodeStream(ByteBuf stream, int[] ends) {
        return received.decode(stream, ends);
    }

    private static int look(Object message) {
        if (message instanceof MqttStatefulPublish) {
            return lookAtPublish((MqttStatefulPublish) message);
        }
        return message instanceof MqttMessage.WithId ? ((MqttMessage.WithId) message).getPacketIdentifier() : 0;
    }

    private static int lookAtPublish(MqttStatefulPublish stateful) {
        MqttPublish publish = stateful.stateless();
        int id = Math.max(0, stateful.getPacketIdentifier());
        int sum = id + text(publish.getTopic()) + publish.getRawPayload().remaining();
        if (publish.getRawContentType() == null) {
            return sum;
        }
        sum += (int) publish.getRawMessageExpiryInterval()
                + text(publish.getRawContentType())
                + text(publish.getRawResponseTopic())
                + publish.getRawCorrelationData().remaining();
        for (MqttUserPropertyImpl property : publish.getUserProperties().asList()) {
            sum += text(property.getValue());
        }
        return sum;
    }

    /** @return octets; HiveMQ keeps a text as it came until somebody wants a String */
    private static int text(MqttUtf8StringImpl text) {
        return text.encodedLength() - 2;
    }
}
