package midge.bench.codec;

import com.mobius.software.mqttsn.parser.Parser;
import com.mobius.software.mqttsn.parser.avps.FullTopic;
import com.mobius.software.mqttsn.parser.avps.IdentifierTopic;
import com.mobius.software.mqttsn.parser.avps.SNQoS;
import com.mobius.software.mqttsn.parser.packet.impl.Register;
import com.mobius.software.mqttsn.parser.packet.impl.SNConnect;
import com.mobius.software.mqttsn.parser.packet.impl.SNPublish;
import com.mobius.software.mqttsn.parser.packet.impl.SNSubscribe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The work on MQTT-SN 1.2, done by Mobius Software's mqtt-sn-parser, which takes its buffers from nobody but itself. */
@State(Scope.Thread)
public class MobiusCodec {
    private final IdentifierTopic topicId = new IdentifierTopic(Sample.TOPIC_ID, SNQoS.AT_LEAST_ONCE);
    private final FullTopic filter = new FullTopic(Sample.FILTERS[0], SNQoS.AT_LEAST_ONCE);

    ByteBuf encodePublish(byte[] data) {
        return Parser.encode(new SNPublish(Sample.PACKET_ID, topicId, Unpooled.wrappedBuffer(data), false, false));
    }

    ByteBuf encodeConnect() {
        return Parser.encode(new SNConnect(true, Sample.KEEP_ALIVE_S, Sample.CLIENT_ID, false));
    }

    ByteBuf encodeRegister() {
        return Parser.encode(new Register(0, Sample.PACKET_ID, Sample.TOPIC));
    }

    ByteBuf encodeSubscribe() {
        return Parser.encode(new SNSubscribe(Sample.PACKET_ID, filter, false));
    }

    int decodePublish(ByteBuf frame) {
        SNPublish publish = (SNPublish) Parser.decode(frame.readerIndex(0));
        IdentifierTopic topic = (IdentifierTopic) publish.getTopic();
        int length = publish.getContent().readableBytes();
        publish.getContent().release();
        return topic.getQos().getValue() + topic.getValue() + publish.getMessageID() + length;
    }

    int decodeConnect(ByteBuf frame) {
        SNConnect connect = (SNConnect) Parser.decode(frame.readerIndex(0));
        return connect.getDuration() + connect.getClientID().length();
    }

    int decodeRegister(ByteBuf frame) {
        Register register = (Register) Parser.decode(frame.readerIndex(0));
        return register.getTopicID()
                + register.getMessageID()
                + register.getTopicName().length();
    }

    int decodeSubscribe(ByteBuf frame) {
        SNSubscribe subscribe = (SNSubscribe) Parser.decode(frame.readerIndex(0));
        FullTopic topic = (FullTopic) subscribe.getTopic();
        return topic.getQos().getValue()
                + subscribe.getMessageID()
                + topic.getValue().length();
    }
}
