package midge.board;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Set;
import midge.board.jvm.LinkUri;
import midge.hal.Idle;
import midge.mqttsn.codec.SnSearchGw;

/** Whether a broker or gateway answers. */
final class Reachable {
    private static final int PATIENCE_MS = 3_000;

    private Reachable() {}

    static Finding of(String uri) {
        String shown = Lines.shown(uri);
        boolean isUdp = Lines.scheme(uri).equals("udp");
        if (!isUdp && !Lines.isMqtt(uri)) {
            return opened(uri);
        }
        String what = isUdp ? "gateway" : "broker";
        LinkUri link = LinkUri.parse(uri, Set.of(Lines.scheme(uri)));
        try {
            InetSocketAddress address = link.resolve();
            return isUdp ? gateway(address, shown) : broker(address, shown);
        } catch (UnknownHostException e) {
            return new Finding(false, what, "no address is known for host '" + link.host() + "'; check the name");
        } catch (IOException e) {
            return new Finding(false, what, shown + " does not answer (" + e.getMessage() + "); is it started?");
        }
    }

    private static Finding opened(String uri) {
        Idle nobody = new Idle() {
            @Override
            public void until(long deadlineMs) {}

            @Override
            public void wake() {}
        };
        try {
            DatagramLinks.close(DatagramLinks.open(uri, nobody));
            return new Finding(true, "link", uri + " can be opened; whether a gateway is there was not tried");
        } catch (IOException e) {
            return new Finding(false, "link", String.valueOf(e.getMessage()));
        }
    }

    private static Finding broker(InetSocketAddress address, String shown) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MS);
            return new Finding(true, "broker", shown + " takes connections");
        }
    }

    /** Our gateway answers a search, to whomever it is sent; not every gateway does. */
    private static Finding gateway(InetSocketAddress address, String shown) throws IOException {
        byte[] frame = new byte[16];
        int length = SnSearchGw.encode(frame, 0, frame.length, 0);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(address);
            socket.send(new DatagramPacket(frame, length));
            socket.receive(new DatagramPacket(frame, frame.length));
            return new Finding(true, "gateway", shown + " answers");
        }
    }
}
