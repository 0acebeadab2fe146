package midge.cli.conform;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;

/** A forwarder (§5.5): one address, any number of nodes, each with a wireless node id; it has a connection of its own too. */
final class Forwarder {
    private static final int ENVELOPE = 0xFE;
    private static final int HEAD = 3;

    private final Scene scene;
    private final Wire wire;
    private final byte ctrl;
    private final Map<String, Queue<byte[]>> received = new HashMap<>();

    /** @param ctrl the octet of that name in each envelope */
    Forwarder(Scene scene, Wire wire, byte ctrl) {
        this.scene = scene;
        this.wire = wire;
        this.ctrl = ctrl;
    }

    Device device(String clientId, String nodeId) {
        return scene.device(clientId, node(nodeId));
    }

    /** {@return the way of a node} */
    Wire node(String nodeId) {
        return new Node(nodeId);
    }

    /** {@return the way of the forwarder itself, without envelopes} */
    Wire itself() {
        return new Node("");
    }

    private byte[] receive(String nodeId, int withinMs) throws IOException {
        long endNs = System.nanoTime() + withinMs * 1_000_000L;
        Queue<byte[]> own = received.computeIfAbsent(nodeId, id -> new ArrayDeque<>());
        while (own.isEmpty()) {
            int leftMs = (int) ((endNs - System.nanoTime()) / 1_000_000);
            byte[] datagram = leftMs < 0 ? null : wire.receive(leftMs);
            if (datagram == null) {
                return null;
            }
            sort(datagram);
        }
        return own.poll();
    }

    private void sort(byte[] datagram) {
        boolean envelope = datagram.length > HEAD && (datagram[1] & 0xFF) == ENVELOPE;
        int inner = envelope ? datagram[0] & 0xFF : 0;
        String nodeId = envelope ? HexFormat.of().withUpperCase().formatHex(datagram, HEAD, inner) : "";
        received.computeIfAbsent(nodeId, id -> new ArrayDeque<>())
                .add(Arrays.copyOfRange(datagram, inner, datagram.length));
    }

    private final class Node implements Wire {
        private final String id;
        private final byte[] head;

        Node(String id) {
            this.id = id;
            byte[] octets = HexFormat.of().parseHex(id);
            head = new byte[id.isEmpty() ? 0 : HEAD + octets.length];
            if (head.length > 0) {
                head[0] = (byte) head.length;
                head[1] = (byte) ENVELOPE;
                head[2] = ctrl;
                System.arraycopy(octets, 0, head, HEAD, octets.length);
            }
        }

        @Override
        public void send(byte[] datagram) throws IOException {
            byte[] whole = Arrays.copyOf(head, head.length + datagram.length);
            System.arraycopy(datagram, 0, whole, head.length, datagram.length);
            wire.send(whole);
        }

        @Override
        public byte[] receive(int withinMs) throws IOException {
            return Forwarder.this.receive(id, withinMs);
        }

        @Override
        public void close() {
            // the scene closes the forwarder's
        }
    }
}
