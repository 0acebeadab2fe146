package midge.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;

/** A device that writes its own frames, and asks again when it gets no answer. Hex is without blanks. */
final class AccessDevice implements AutoCloseable {
    private static final int REPEATS = 15;
    private static final int REPEAT_MS = 2_000;

    private final Transport transport;
    private final String id;

    /** How its frames get to the gateway. */
    interface Transport extends AutoCloseable {
        void send(byte[] frame) throws IOException;

        /** {@return null when nothing came in time} */
        byte[] receive(int withinMs) throws IOException;

        @Override
        void close();
    }

    AccessDevice(String id, Transport transport) {
        this.id = id;
        this.transport = transport;
    }

    static AccessDevice udp(String id, InetSocketAddress gateway, String from) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(from));
        socket.connect(gateway);
        return new AccessDevice(id, new Transport() {
            @Override
            public void send(byte[] frame) throws IOException {
                socket.send(new DatagramPacket(frame, frame.length));
            }

            @Override
            public byte[] receive(int withinMs) throws IOException {
                socket.setSoTimeout(withinMs);
                DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException nothing) {
                    return null;
                }
                return Arrays.copyOf(packet.getData(), packet.getLength());
            }

            @Override
            public void close() {
                socket.close();
            }
        });
    }

    static AccessDevice dtls(String id, InetSocketAddress gateway, String identity, String key) throws IOException {
        DtlsClient client = new DtlsClient(gateway, identity, key);
        return new AccessDevice(id, new Transport() {
            @Override
            public void send(byte[] frame) throws IOException {
                client.send(frame);
            }

            @Override
            public byte[] receive(int withinMs) {
                return client.receive(withinMs);
            }

            @Override
            public void close() {
                client.close();
            }
        });
    }

    static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(UTF_8));
    }

    /** {@return the return code of CONNACK} */
    int connect() throws IOException {
        return returnCode(ask("040401003C" + hex(id), "05"));
    }

    /** {@return the return code of REGACK} */
    int register(String topic, int msgId) throws IOException {
        return returnCode(ask("0A0000%04X".formatted(msgId) + hex(topic), "0B"));
    }

    /** {@return the return code of SUBACK} */
    int subscribe(String topic, int msgId) throws IOException {
        return returnCode(ask("1220%04X".formatted(msgId) + hex(topic), "13"));
    }

    /** {@return the return code of PUBACK for a short topic at QoS 1} */
    int publish(String shortTopic, int msgId, String data) throws IOException {
        return returnCode(ask("0C22" + hex(shortTopic) + "%04X".formatted(msgId) + hex(data), "0D"));
    }

    private static int returnCode(String answer) {
        return Integer.parseInt(answer.substring(answer.length() - 2), 16);
    }

    /** Sends a message, given without its length, until one of that type answers. */
    private String ask(String body, String type) throws IOException {
        byte[] frame = frame(body);
        for (int i = 0; i < REPEATS; i++) {
            transport.send(frame);
            String answer = await(type);
            if (!answer.isEmpty()) {
                return answer;
            }
        }
        throw new AssertionError(id + " gets no answer to " + body);
    }

    void send(String body) throws IOException {
        transport.send(frame(body));
    }

    private static byte[] frame(String body) {
        return HexFormat.of().parseHex("%02X".formatted(body.length() / 2 + 1) + body);
    }

    /** {@return the next message of that type, empty when none comes; others are passed over} */
    private String await(String type) throws IOException {
        for (byte[] frame; (frame = transport.receive(REPEAT_MS)) != null; ) {
            String text = HexFormat.of().withUpperCase().formatHex(frame);
            if (text.startsWith(type, 2)) {
                return text;
            }
        }
        return "";
    }

    /** Waits for the gateway to end the connection. */
    void awaitDisconnect() throws IOException {
        String frame = "";
        for (int i = 0; i < REPEATS && frame.isEmpty(); i++) {
            frame = await("18");
        }
        assertThat(frame).as(id).isEqualTo("0218");
    }

    /** {@return whether there is no DTLS session, or no gateway: nothing answers a search} */
    boolean isAlone(int withinMs) throws IOException {
        send("0100");
        return transport.receive(withinMs) == null;
    }

    @Override
    public void close() {
        transport.close();
    }
}
