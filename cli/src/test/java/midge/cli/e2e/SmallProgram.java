package midge.cli.e2e;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import midge.board.jvm.JvmClock;
import midge.board.jvm.MqttPump;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttQuietListener;
import midge.mqtt.codec.MqttAck;

/** A device's program in a JVM with next to no memory: publishes so many messages at QoS 1 and prints how many were confirmed. */
final class SmallProgram extends MqttQuietListener {
    private static final long PATIENCE_MS = 300_000;

    private final byte[] topic = "small/reading".getBytes(StandardCharsets.US_ASCII);
    private final byte[] reading = "21.38".getBytes(StandardCharsets.US_ASCII);
    private final JvmClock clock = new JvmClock();
    private final MqttClientConfig config = new MqttClientConfig.Builder()
            .clientId("small".getBytes(StandardCharsets.US_ASCII))
            .window(100)
            .slotBytes(64)
            .build();
    private final MqttClient client = new MqttClient(config, this);
    private final int messages;
    private int published;
    private int confirmed;

    private SmallProgram(int messages) {
        this.messages = messages;
    }

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        SmallProgram program = new SmallProgram(Integer.parseInt(arguments[1]));
        System.exit(program.run(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)) ? 0 : 1);
    }

    private boolean run(InetSocketAddress broker) {
        try (SelectorIdle idle = new SelectorIdle(clock)) {
            TcpLink link = new TcpLink(broker, idle);
            MqttPump pump = new MqttPump(client, link, idle, clock);
            link.open();
            boolean done = pump.run(this::publishAsManyAsFit, clock.nowMs() + PATIENCE_MS);
            System.out.println(confirmed);
            client.disconnect(clock.nowMs());
            pump.run(() -> link.state() == TcpLink.CLOSED, clock.nowMs() + 5_000);
            return done;
        }
    }

    private boolean publishAsManyAsFit() {
        long nowMs = clock.nowMs();
        while (published < messages
                && client.isConnected()
                && client.publish(1, false, topic, 0, topic.length, reading, 0, reading.length, nowMs) > 0) {
            published++;
        }
        return confirmed == messages;
    }

    @Override
    public void onDelivered(int token, int result, MqttAck ack) {
        confirmed++;
    }
}
