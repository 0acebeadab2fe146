package midge.sim.junit;

import java.nio.charset.StandardCharsets;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;

/** Firmware without runtime and tasks: a client that listens on one topic, and the loop around it. */
final class BareClient extends SnQuietListener {
    private final DatagramLink link;
    private final SnClient client;
    private final byte[] frame;
    private String heard = "";
    private boolean subscribed;

    BareClient(DatagramLink link) {
        this.link = link;
        frame = new byte[link.mtu()];
        client = new SnClient(
                SnClientConfig.builder("bare").frameOctetsMax(frame.length).build(), this);
    }

    long turn(long nowMs) {
        if (client.state() == SnClient.DISCONNECTED) {
            client.connect(nowMs);
        }
        for (int n = receive(); n > 0; n = receive()) {
            client.onDatagram(frame, 0, n, nowMs);
        }
        client.onTimeout(nowMs);
        for (int n = client.pollTransmit(frame, 0, frame.length);
                n > 0;
                n = client.pollTransmit(frame, 0, frame.length)) {
            link.send(DatagramLink.GATEWAY, frame, 0, n);
        }
        return client.nextDeadlineMs();
    }

    private int receive() {
        return link.receive(frame, 0, frame.length);
    }

    @Override
    public void onConnected(boolean resumed, long nowMs) {
        byte[] topic = "bare/set".getBytes(StandardCharsets.UTF_8);
        client.subscribe(topic, 0, topic.length, 1, nowMs);
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        subscribed = returnCode == 0;
    }

    @Override
    public void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {
        heard = new String(data, dataOffset, dataLength, StandardCharsets.UTF_8);
    }

    boolean isSubscribed() {
        return subscribed;
    }

    String heard() {
        return heard;
    }
}
