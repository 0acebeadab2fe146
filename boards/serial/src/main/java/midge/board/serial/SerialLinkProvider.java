package midge.board.serial;

import java.io.IOException;
import java.util.Set;
import midge.board.DatagramLinkProvider;
import midge.board.jvm.UdpLink;
import midge.hal.Idle;
import midge.hal.SerialPort;
import midge.hal.link.CobsFraming;
import midge.hal.link.DatagramLink;
import midge.hal.link.HdlcFraming;
import midge.hal.link.LengthFraming;
import midge.hal.link.SerialDatagramLink;
import midge.hal.link.SerialFraming;
import midge.hal.link.SlipFraming;

/** {@code serial:///dev/ttyUSB0}: MQTT-SN with whoever is at the other end of the line, framed as both sides agree. */
public final class SerialLinkProvider implements DatagramLinkProvider {
    private static final String FRAMING = "framing";
    private static final String MTU = "mtu";
    private static final int MTU_MIN = 32;
    private static final int MTU_MAX = 65_533;

    @Override
    public Set<String> schemes() {
        return Set.of("serial");
    }

    @Override
    public void check(String uri) {
        framing(parse(uri));
    }

    private static SerialUri parse(String uri) {
        return SerialUri.parse(uri, Set.of(FRAMING, MTU));
    }

    /** Each has a check of 16 bits: MQTT-SN itself has none. */
    private static SerialFraming framing(SerialUri uri) {
        int mtu = uri.number(MTU, UdpLink.DEFAULT_MTU, MTU_MIN, MTU_MAX);
        return switch (uri.word(FRAMING, "hdlc", Set.of("hdlc", "slip", "cobs", "length"))) {
            case "slip" -> new SlipFraming(mtu, true);
            case "cobs" -> new CobsFraming(mtu, true);
            case "length" -> new LengthFraming(mtu);
            default -> new HdlcFraming(mtu);
        };
    }

    @Override
    public DatagramLink open(String uri, Idle idle) throws IOException {
        SerialUri parsed = parse(uri);
        SerialFraming framing = framing(parsed);
        SerialPort port = SerialPorts.open(parsed, idle);
        SerialDatagramLink link = new SerialDatagramLink(port, framing);
        return new PortLink(link, link::droppedFrames, port::close);
    }
}
