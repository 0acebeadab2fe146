package midge.hal.link;

import midge.hal.Hal;
import midge.hal.SerialPort;

/**
 * UDP to one peer through an ESP32 or ESP8266 with Espressif's stock AT firmware. The link sets the modem up, joins the Wi-Fi network,
 * opens the socket, and begins anew whenever the modem restarts, the network is lost or an answer does not come, with pauses that
 * double up to {@link #LONGEST_PAUSE_MS}.
 *
 * <p>Besides sending and receiving, the host calls {@link #turn} when octets have come and at the deadline that it names.
 */
public final class EspAtUdpLink implements DatagramLink {
    /** Longest time between two attempts to set the modem up, ms. */
    public static final int LONGEST_PAUSE_MS = 32_000;

    private static final byte[] ECHO_OFF = {'A', 'T', 'E', '0', '\r', '\n'};
    private static final byte[] CLOSE = {'A', 'T', '+', 'C', 'I', 'P', 'C', 'L', 'O', 'S', 'E', '\r', '\n'};
    private static final byte[] STATION = {'A', 'T', '+', 'C', 'W', 'M', 'O', 'D', 'E', '=', '1', '\r', '\n'};
    private static final byte[] ONE_LINK = {'A', 'T', '+', 'C', 'I', 'P', 'M', 'U', 'X', '=', '0', '\r', '\n'};
    private static final byte[] SEND = {'A', 'T', '+', 'C', 'I', 'P', 'S', 'E', 'N', 'D', '='};

    private static final int STEP_CLOSE = 1;
    private static final int STEP_JOIN = 4;
    private static final int STEP_OPEN = 5;
    private static final int UP = 6;

    private static final int IDLE = 0;
    private static final int AWAIT_OK = 1;
    private static final int AWAIT_PROMPT = 2;
    private static final int AWAIT_SENT = 3;

    private static final int COMMAND_MS = 2_000;
    private static final int SEND_MS = 5_000;
    private static final int SLOW_COMMAND_MS = 20_000;
    private static final int FIRST_PAUSE_MS = 1_000;
    private static final int BUSY_PAUSE_MS = 500;
    private static final int CHUNK = 64;
    private static final long NOT_YET = Long.MAX_VALUE;

    private final SerialPort port;
    private final EspAtParser parser;
    private final byte[][] steps;
    private final byte[] in = new byte[CHUNK];
    private final byte[] datagram;
    private final byte[] sendCommand = new byte[SEND.length + 6];
    private int inAt;
    private int inEnd;
    private byte[] out = ECHO_OFF;
    private int outAt;
    private int outEnd;

    private int step;
    private boolean commandOut;
    private int sending;
    private int datagramLength;
    private long deadlineMs;
    private int pauseMs = FIRST_PAUSE_MS;
    private boolean dataWaiting;
    private int portStatus = Hal.OK;
    private int restarts;
    private int failedSends;
    private int droppedFrames;

    /** Does not touch the port; the first {@link #turn} does. */
    public EspAtUdpLink(SerialPort port, EspAtConfig config) {
        this.port = port;
        this.parser = new EspAtParser(config.mtu);
        this.datagram = new byte[config.mtu];
        this.steps = new byte[][] {ECHO_OFF, CLOSE, STATION, ONE_LINK, config.join, config.open};
    }

    /**
     * Reads what the modem has sent, and goes on with whatever is due. A datagram stops it until {@link #receive} has taken it.
     *
     * @return when it wants to be called again at the latest; {@code Long.MAX_VALUE}: only when octets come
     */
    public long turn(long nowMs) {
        portStatus = flush();
        if (portStatus == Hal.OK) {
            portStatus = pump(nowMs);
        }
        if (portStatus < 0) {
            return nowMs + FIRST_PAUSE_MS;
        }
        if (step < UP && !commandOut && nowMs >= deadlineMs) {
            write(steps[step], 0, steps[step].length);
            commandOut = true;
            deadlineMs = nowMs + (step == STEP_JOIN || step == STEP_OPEN ? SLOW_COMMAND_MS : COMMAND_MS);
        } else if (nowMs >= deadlineMs && (commandOut || sending != IDLE)) {
            parser.reset();
            giveUp(nowMs);
        }
        flush();
        return step == UP && sending == IDLE ? Long.MAX_VALUE : deadlineMs;
    }

    /** @return whether the socket is open */
    public boolean isUp() {
        return step == UP;
    }

    /** {@inheritDoc} */
    public int mtu() {
        return datagram.length;
    }

    /** {@inheritDoc} 0 also while the modem is being set up. {@link #turn} must be called soon after. */
    public int send(int peer, byte[] frame, int offset, int length) {
        if (length < 1 || length > datagram.length || peer != GATEWAY && peer != BROADCAST) {
            return Hal.INVALID;
        }
        if (step != UP || sending != IDLE || outAt < outEnd) {
            return 0;
        }
        System.arraycopy(frame, offset, datagram, 0, length);
        datagramLength = length;
        int end = putSendCommand(length);
        sending = AWAIT_OK;
        deadlineMs = NOT_YET; // the next turn starts the clock
        parser.expectPrompt();
        write(sendCommand, 0, end);
        int status = flush();
        return status < 0 ? status : length;
    }

    /** {@inheritDoc} */
    public int receive(byte[] into, int offset, int capacity) {
        if (!dataWaiting) {
            return portStatus;
        }
        dataWaiting = false;
        int length = parser.dataLength();
        if (length > capacity) {
            droppedFrames++;
            return 0;
        }
        System.arraycopy(parser.data(), 0, into, offset, length);
        return length;
    }

    /** {@inheritDoc} */
    public int lastPeer() {
        return GATEWAY;
    }

    /** @return how often the set-up began anew */
    public int restarts() {
        return restarts;
    }

    /** @return datagrams that the modem took and did not send */
    public int failedSends() {
        return failedSends;
    }

    /** @return datagrams dropped because this side cannot hold them */
    public int droppedFrames() {
        return droppedFrames + parser.oversizedDatagrams();
    }

    private int pump(long nowMs) {
        if (sending == AWAIT_OK && deadlineMs == NOT_YET) {
            deadlineMs = nowMs + SEND_MS;
        }
        while (!dataWaiting) {
            if (inAt == inEnd) {
                int count = port.read(in, 0, CHUNK);
                if (count <= 0) {
                    return count;
                }
                inAt = 0;
                inEnd = count;
            }
            on(parser.push(in[inAt++]), nowMs);
        }
        return Hal.OK;
    }

    private void on(int event, long nowMs) {
        switch (event) {
            case EspAtParser.DATA:
                dataWaiting = true;
                break;
            case EspAtParser.OK:
                onOk(nowMs);
                break;
            case EspAtParser.ERROR:
                onError(nowMs);
                break;
            case EspAtParser.PROMPT:
                if (sending == AWAIT_OK || sending == AWAIT_PROMPT) {
                    sending = AWAIT_SENT;
                    write(datagram, 0, datagramLength);
                    flush();
                }
                break;
            case EspAtParser.SEND_OK:
                sending = sending == AWAIT_SENT ? IDLE : sending;
                break;
            case EspAtParser.SEND_FAIL:
                endSend();
                break;
            case EspAtParser.BUSY:
                onBusy(nowMs);
                break;
            case EspAtParser.READY:
                begin(nowMs);
                break;
            case EspAtParser.CLOSED:
            case EspAtParser.WIFI_LOST:
                // During set-up they belong to our own commands.
                if (step == UP) {
                    begin(nowMs);
                }
                break;
            default:
                break;
        }
    }

    private void onOk(long nowMs) {
        if (commandOut) {
            next(nowMs);
        } else if (sending == AWAIT_OK) {
            sending = AWAIT_PROMPT;
        }
    }

    private void onError(long nowMs) {
        if (commandOut && step == STEP_CLOSE) {
            next(nowMs); // nothing was open
        } else if (commandOut) {
            giveUp(nowMs);
        } else if (sending != IDLE) {
            endSend();
            begin(nowMs);
        }
    }

    /** The modem ignored what we said: say it again. */
    private void onBusy(long nowMs) {
        if (commandOut) {
            commandOut = false;
            deadlineMs = nowMs + BUSY_PAUSE_MS;
        } else if (sending == AWAIT_OK) {
            endSend();
        }
    }

    private void next(long nowMs) {
        commandOut = false;
        step++;
        deadlineMs = nowMs;
        if (step == UP) {
            pauseMs = FIRST_PAUSE_MS;
        }
    }

    /** Sets the modem up from the start, at once. */
    private void begin(long nowMs) {
        if (sending != IDLE) {
            endSend();
        }
        restarts++;
        step = 0;
        commandOut = false;
        outAt = outEnd;
        deadlineMs = nowMs;
    }

    private void giveUp(long nowMs) {
        begin(nowMs);
        deadlineMs = nowMs + pauseMs;
        pauseMs = pauseMs < LONGEST_PAUSE_MS ? pauseMs * 2 : LONGEST_PAUSE_MS;
    }

    private void endSend() {
        failedSends += sending == IDLE ? 0 : 1;
        sending = IDLE;
    }

    private int putSendCommand(int length) {
        System.arraycopy(SEND, 0, sendCommand, 0, SEND.length);
        int at = SEND.length;
        for (int unit = 1_000; unit > 0; unit /= 10) {
            if (length >= unit) {
                sendCommand[at++] = (byte) ('0' + length / unit % 10);
            }
        }
        sendCommand[at++] = '\r';
        sendCommand[at++] = '\n';
        return at;
    }

    private void write(byte[] octets, int from, int to) {
        out = octets;
        outAt = from;
        outEnd = to;
    }

    /** @return {@link Hal#OK}, whether or not all went out, or a negative code */
    private int flush() {
        while (outAt < outEnd) {
            int taken = port.write(out, outAt, outEnd - outAt);
            if (taken <= 0) {
                return taken;
            }
            outAt += taken;
        }
        return Hal.OK;
    }
}
