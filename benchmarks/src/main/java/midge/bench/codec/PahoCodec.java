package midge.bench.codec;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.ClientState;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttConnect;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttInputStream;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttSubscribe;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The work, done by Eclipse Paho's client for 3.1.1. Paho makes header and payload as two arrays and writes them to the socket's stream;
 * here they are copied into one array, {@link #out}, which costs less. Single packets are decoded from their array, the stream through
 * Paho's own input stream.
 */
@State(Scope.Thread)
public class PahoCodec {
    final byte[] out = new byte[70_000];

    private final char[] password = Sample.PASSWORD.toCharArray();
    private final byte[] willPayload = Sample.octets(Sample.WILL_PAYLOAD);
    private final ClientState state = Unconnected.state();

    /** A client that never connects, for the counters that its input stream wants to tell what it read. */
    private static final class Unconnected extends MqttAsyncClient {
        Unconnected() throws MqttException {
            super("tcp://127.0.0.1", Sample.CLIENT_ID, new MemoryPersistence());
        }

        static ClientState state() {
            try {
                return new Unconnected().comms.getClientState();
            } catch (MqttException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    int encodePublish(byte[] payload) throws MqttException {
        MqttMessage message = new MqttMessage(payload);
        MqttPublish publish = new MqttPublish(Sample.TOPIC, message);
        publish.setMessageId(Sample.PACKET_ID);
        return write(publish);
    }

    int encodeConnect() throws MqttException {
        MqttMessage will = new MqttMessage(willPayload);
        return write(new MqttConnect(
                Sample.CLIENT_ID, 4, true, Sample.KEEP_ALIVE_S, Sample.USER_NAME, password, will, Sample.WILL_TOPIC));
    }

    int encodeSubscribe() throws MqttException {
        MqttSubscribe subscribe = new MqttSubscribe(Sample.FILTERS, Sample.FILTER_QOS);
        subscribe.setMessageId(Sample.PACKET_ID);
        return write(subscribe);
    }

    private int write(MqttWireMessage message) throws MqttException {
        byte[] header = message.getHeader();
        byte[] payload = message.getPayload();
        System.arraycopy(header, 0, out, 0, header.length);
        System.arraycopy(payload, 0, out, header.length, payload.length);
        return header.length + payload.length;
    }

    /** Paho keeps most of CONNECT and SUBSCRIBE to itself: then it is the packet id that is looked at. */
    int decode(byte[] frame) throws MqttException {
        return look(MqttWireMessage.createWireMessage(frame));
    }

    int decodeStream(MixedStream stream) throws MqttException, IOException {
        MqttInputStream in = new MqttInputStream(state, new Chunks(stream));
        int sum = 0;
        for (int i = 0; i < MixedStream.PACKETS; i++) {
            sum += look(in.readMqttWireMessage());
        }
        return sum;
    }

    private static int look(MqttWireMessage message) throws MqttException {
        if (!(message instanceof MqttPublish)) {
            return message.getMessageId();
        }
        MqttPublish publish = (MqttPublish) message;
        return publish.getMessageId()
                + publish.getTopicName().length()
                + publish.getMessage().getPayload().length;
    }

    /** Gives out the stream so that no read goes beyond a chunk, as a socket does. */
    private static final class Chunks extends InputStream {
        private final MixedStream stream;
        private int chunk;
        private int at;

        Chunks(MixedStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() {
            return at == stream.bytes.length ? -1 : stream.bytes[advance(1)] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.min(length, stream.ends[chunk] - at);
            System.arraycopy(stream.bytes, advance(count), into, offset, count);
            return count;
        }

        private int advance(int count) {
            int before = at;
            at += count;
            if (at == stream.ends[chunk] && chunk < stream.ends.length - 1) {
                chunk++;
            }
            return before;
        }
    }
}
