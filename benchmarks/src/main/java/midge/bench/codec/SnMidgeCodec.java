package midge.bench.codec;

import java.util.Arrays;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The work on MQTT-SN 1.2, done by mqttsn; otherwise as {@link MidgeCodec}. */
@State(Scope.Thread)
public class SnMidgeCodec {
    final byte[] out = new byte[512];

    private final byte[] clientId = Sample.octets(Sample.CLIENT_ID);
    private final byte[] topic = Sample.octets(Sample.TOPIC);
    private final byte[] filter = Sample.octets(Sample.FILTERS[0]);
    private final SnPublish publish = new SnPublish();
    private final SnConnect connect = new SnConnect();
    private final SnRegister register = new SnRegister();
    private final SnSubscribe subscribe = new SnSubscribe();

    int encodePublish(byte[] data) {
        int flags = SnFlags.QOS_1 | SnFlags.TOPIC_PREDEFINED;
        return SnPublish.encode(out, 0, out.length, flags, Sample.TOPIC_ID, Sample.PACKET_ID, data, 0, data.length);
    }

    byte[] publish(byte[] data) {
        return Arrays.copyOf(out, encodePublish(data));
    }

    int encodeConnect() {
        return SnConnect.encode(
                out, 0, out.length, SnFlags.CLEAN_SESSION, Sample.KEEP_ALIVE_S, clientId, 0, clientId.length);
    }

    int encodeRegister() {
        return SnRegister.encode(out, 0, out.length, 0, Sample.PACKET_ID, topic, 0, topic.length);
    }

    int encodeSubscribe() {
        return SnSubscribe.encode(
                out, 0, out.length, SnType.SUBSCRIBE, SnFlags.QOS_1, Sample.PACKET_ID, filter, 0, filter.length);
    }

    int decodePublish(byte[] frame) {
        int status = publish.wrap(frame, 0, frame.length);
        return status + publish.qos() + publish.topicId() + publish.msgId() + publish.dataLength();
    }

    int decodeConnect(byte[] frame) {
        int status = connect.wrap(frame, 0, frame.length);
        return status + connect.keepAliveS() + connect.clientIdLength();
    }

    int decodeRegister(byte[] frame) {
        int status = register.wrap(frame, 0, frame.length);
        return status + register.topicId() + register.msgId() + register.nameLength();
    }

    int decodeSubscribe(byte[] frame) {
        int status = subscribe.wrap(frame, 0, frame.length);
        return status + subscribe.qos() + subscribe.msgId() + subscribe.topicLength();
    }
}
