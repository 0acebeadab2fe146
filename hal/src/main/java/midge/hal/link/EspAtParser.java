package midge.hal.link;

/**
 * Takes apart what an ESP-AT modem sends: answers, reports that come at any moment, the prompt for data, and received data. It never
 * assumes an order: {@code +IPD} may stand between {@code OK} and the prompt, or before {@code SEND OK}. Texts of the old NonOS
 * firmware are understood where they differ.
 *
 * <p>For a modem with one link ({@code AT+CIPMUX=0}); the sender's address in {@code +IPD} is skipped.
 */
public final class EspAtParser {
    /** Nothing to act upon yet. */
    public static final int NONE = 0;
    /** The command was carried out. */
    public static final int OK = 1;
    /** The command failed. */
    public static final int ERROR = 2;
    /** The modem wants the data of a send. */
    public static final int PROMPT = 3;
    /** The data went out. */
    public static final int SEND_OK = 4;
    /** The data did not go out. */
    public static final int SEND_FAIL = 5;
    /** The modem has restarted: everything is gone. */
    public static final int READY = 6;
    /** The modem works on something else and ignored the command. */
    public static final int BUSY = 7;
    /** The link was closed. */
    public static final int CLOSED = 8;
    /** The radio network was lost. */
    public static final int WIFI_LOST = 9;
    /** The link was there already; {@link #ERROR} follows. */
    public static final int ALREADY_CONNECTED = 10;
    /** A datagram has come, to be had from {@link #data}. */
    public static final int DATA = 11;

    private static final byte[] IPD = {'+', 'I', 'P', 'D', ','};
    private static final byte[][] LINES = {
        {'O', 'K'},
        {'E', 'R', 'R', 'O', 'R'},
        {'F', 'A', 'I', 'L'},
        {'S', 'E', 'N', 'D', ' ', 'O', 'K'},
        {'S', 'E', 'N', 'D', ' ', 'F', 'A', 'I', 'L'},
        {'r', 'e', 'a', 'd', 'y'},
        {'b', 'u', 's', 'y', ' ', 'p', '.', '.', '.'},
        {'b', 'u', 's', 'y', ' ', 's', '.', '.', '.'},
        {'C', 'L', 'O', 'S', 'E', 'D'},
        {'U', 'N', 'L', 'I', 'N', 'K'},
        {'W', 'I', 'F', 'I', ' ', 'D', 'I', 'S', 'C', 'O', 'N', 'N', 'E', 'C', 'T'},
        {'A', 'L', 'R', 'E', 'A', 'D', 'Y', ' ', 'C', 'O', 'N', 'N', 'E', 'C', 'T', 'E', 'D'},
        {'A', 'L', 'R', 'E', 'A', 'Y', ' ', 'C', 'O', 'N', 'N', 'E', 'C', 'T'},
    };
    private static final int[] MEANINGS = {
        OK,
        ERROR,
        ERROR,
        SEND_OK,
        SEND_FAIL,
        READY,
        BUSY,
        BUSY,
        CLOSED,
        CLOSED,
        WIFI_LOST,
        ALREADY_CONNECTED,
        ALREADY_CONNECTED,
    };
    private static final int LONGEST_LINE = 48;
    private static final int LONGEST_DATAGRAM = 65_535;

    private final byte[] line = new byte[LONGEST_LINE];
    private final byte[] data;
    private int lineLength;
    private boolean lineTooLong;
    private int dataLength;
    private int dataLeft;
    private boolean skipping;
    private boolean promptExpected;
    private int oversizedDatagrams;

    /** @param mtu largest datagram that can be received */
    public EspAtParser(int mtu) {
        data = new byte[mtu];
    }

    /** Forgets what has half arrived, after a time-out. */
    public void reset() {
        lineLength = 0;
        lineTooLong = false;
        dataLeft = 0;
        promptExpected = false;
    }

    /** A {@code >} at the start of a line counts from now on, once. */
    public void expectPrompt() {
        promptExpected = true;
    }

    /** @return the parser's own array with the last datagram from index 0; valid until the next {@link #push} */
    public byte[] data() {
        return data;
    }

    /** @return octets of the last datagram */
    public int dataLength() {
        return dataLength;
    }

    /** @return datagrams dropped because they exceed the mtu */
    public int oversizedDatagrams() {
        return oversizedDatagrams;
    }

    /** Takes one octet from the modem. @return what it completes, or {@link #NONE} */
    public int push(int octet) {
        if (dataLeft > 0) {
            return takeData(octet);
        }
        if (octet == '\r' || octet == '\n') {
            return endLine();
        }
        if (lineLength == 0 && promptExpected && octet == '>') {
            promptExpected = false;
            return PROMPT;
        }
        if (lineLength == 0 && octet == ' ') {
            return NONE; // follows the prompt
        }
        if (octet == ':' && startsWith(IPD)) {
            startData();
            return NONE;
        }
        if (lineLength < LONGEST_LINE) {
            line[lineLength++] = (byte) octet;
        } else {
            lineTooLong = true;
        }
        return NONE;
    }

    private int takeData(int octet) {
        if (!skipping) {
            data[dataLength - dataLeft] = (byte) octet;
        }
        if (--dataLeft > 0) {
            return NONE;
        }
        return skipping ? NONE : DATA;
    }

    private int endLine() {
        int meaning = NONE;
        for (int i = 0; i < LINES.length && !lineTooLong; i++) {
            if (lineLength == LINES[i].length && startsWith(LINES[i])) {
                meaning = MEANINGS[i];
            }
        }
        lineLength = 0;
        lineTooLong = false;
        return meaning;
    }

    /** The line so far is {@code +IPD,<n>} with perhaps an address behind; data follow. */
    private void startData() {
        int length = 0;
        int at = IPD.length;
        while (at < lineLength && line[at] >= '0' && line[at] <= '9' && length <= LONGEST_DATAGRAM) {
            length = length * 10 + line[at++] - '0';
        }
        boolean sound = length > 0 && length <= LONGEST_DATAGRAM && (at == lineLength || line[at] == ',');
        lineLength = 0;
        lineTooLong = false;
        if (sound) {
            skipping = length > data.length;
            oversizedDatagrams += skipping ? 1 : 0;
            dataLength = skipping ? 0 : length;
            dataLeft = length;
        }
    }

    private boolean startsWith(byte[] text) {
        if (lineLength < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (line[i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
