package midge.cli.conform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;

/**
 * The suite's one connection to the broker, MQTT 5.0 so that retained stays visible and nothing of its own comes back. It subscribes to
 * everything and sorts it into mailboxes; runs publish through it.
 */
final class FarSide implements AutoCloseable {
    private static final int LARGEST = 70_000;
    private static final int TAG = 5;
    private static final byte[] NOTHING = {};

    private final Socket socket;
    private final OutputStream out;
    private final byte[] buffer = new byte[LARGEST];
    private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<Void>> pongs = new ConcurrentLinkedQueue<>();
    private int lastId;

    FarSide(int brokerPort) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        byte[] id = "far-side".getBytes(UTF_8);
        write(new MqttConnectWriter()
                .reset(MqttVersion.V5, true, 0)
                .clientId(id, 0, id.length)
                .encode(buffer, 0, buffer.length));
        Thread reader = new Thread(this::read, "far side");
        reader.setDaemon(true);
        reader.start();
        subscribe();
    }

    private void subscribe() {
        byte[] list = new byte[8];
        int options = 2 | MqttSubscribe.NO_LOCAL | MqttSubscribe.RETAIN_AS_PUBLISHED;
        int length = MqttSubscribe.entry(list, 0, list.length, new byte[] {'#'}, 0, 1, options);
        exchange(id ->
                MqttSubscribe.encode(buffer, 0, buffer.length, MqttVersion.V5, id, NOTHING, 0, 0, list, 0, length));
    }

    /** A place for the messages of one run: topics that begin with its tag, and these. */
    Mailbox mailbox(String tag, String... topics) {
        Mailbox mailbox = new Mailbox();
        mailboxes.put(tag, mailbox);
        for (String topic : topics) {
            mailboxes.put(topic, mailbox);
        }
        return mailbox;
    }

    /** Returns when the broker has taken the message, and passed it on as far as it can. */
    void publish(Message message) {
        byte[] topic = message.topic().getBytes(UTF_8);
        byte[] data = message.data().getBytes(UTF_8);
        int flags = MqttPublish.flags(message.qos(), false, message.retain());
        if (message.qos() == 0) {
            CompletableFuture<Void> pong = new CompletableFuture<>();
            synchronized (this) {
                write(encode(flags, topic, 0, data));
                pongs.add(pong);
                write(MqttPing.encode(buffer, 0, buffer.length, MqttType.PINGREQ));
            }
            await(pong);
        } else {
            exchange(id -> encode(flags, topic, id, data));
        }
    }

    private int encode(int flags, byte[] topic, int id, byte[] data) {
        return MqttPublish.encode(
                buffer,
                0,
                buffer.length,
                MqttVersion.V5,
                flags,
                topic,
                0,
                topic.length,
                id,
                NOTHING,
                0,
                0,
                data,
                0,
                data.length);
    }

    /** Writes a packet into the buffer. */
    private interface Encoder {
        int encode(int packetId);
    }

    private void exchange(Encoder encoder) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            lastId = lastId % 0xFFFF + 1;
            open.put(lastId, done);
            write(encoder.encode(lastId));
        }
        await(done);
    }

    private static void await(CompletableFuture<Void> answer) {
        answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void write(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("not encoded: " + length);
        }
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        byte[] octets = new byte[16_384];
        MqttFramer framer = new MqttFramer(LARGEST);
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(octets); n > 0; n = in.read(octets)) {
                framer.push(octets, 0, n);
                takePackets(framer);
            }
        } catch (IOException e) {
            // closed: whoever still waits will say what for
        }
    }

    private void takePackets(MqttFramer framer) {
        for (int length = framer.next(); length > 0; length = framer.next()) {
            takePacket(framer.buffer(), framer.offset(), length);
        }
    }

    private void takePacket(byte[] packet, int at, int length) {
        int type = MqttHeader.type(packet, at);
        switch (type) {
            case MqttType.PUBLISH -> takePublish(packet, at, length);
            case MqttType.PUBREL -> acknowledge(MqttType.PUBCOMP, packetId(packet, at));
            case MqttType.PUBREC -> acknowledge(MqttType.PUBREL, packetId(packet, at));
            case MqttType.PUBACK, MqttType.PUBCOMP, MqttType.SUBACK -> finish(packetId(packet, at));
            case MqttType.PINGRESP -> pongs.remove().complete(null);
            default -> {}
        }
    }

    private void finish(int packetId) {
        CompletableFuture<Void> done = open.remove(packetId);
        if (done != null) {
            done.complete(null);
        }
    }

    private static int packetId(byte[] packet, int at) {
        int id = at + 1;
        while (packet[id] < 0) {
            id++;
        }
        return (packet[id + 1] & 0xFF) << 8 | packet[id + 2] & 0xFF;
    }

    private void takePublish(byte[] packet, int at, int length) {
        MqttPublish publish = new MqttPublish();
        if (publish.wrap(packet, at, length, MqttVersion.V5) < 0) {
            throw new AssertionError("the broker sends a bad PUBLISH");
        }
        String topic = new String(publish.buffer(), publish.topicOffset(), publish.topicLength(), UTF_8);
        String data = new String(publish.buffer(), publish.payloadOffset(), publish.payloadLength(), UTF_8);
        boolean tagged = topic.length() > TAG && mailboxes.containsKey(topic.substring(0, TAG));
        Mailbox mailbox = mailboxes.get(tagged ? topic.substring(0, TAG) : topic);
        if (mailbox != null) {
            mailbox.put(new Message(topic, publish.qos(), publish.retain(), data));
        }
        if (publish.qos() > 0) {
            acknowledge(publish.qos() == 1 ? MqttType.PUBACK : MqttType.PUBREC, publish.packetId());
        }
    }

    private synchronized void acknowledge(int type, int packetId) {
        write(MqttAck.encode(buffer, 0, buffer.length, type, packetId));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
