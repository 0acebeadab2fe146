package midge.hal.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.hal.SerialPort;

/** An ESP-AT modem with one UDP socket, as its users describe it: echo at first, answers in lines, reports at any moment. */
final class FakeEspModem implements SerialPort {
    final List<String> commands = new ArrayList<>();
    final List<byte[]> sentOverUdp = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] answers = new byte[0];
    private int answersAt;
    private int expectData;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    boolean echo = true;
    boolean gone;
    boolean silent;
    /** What is answered instead to the next command that starts with {@link #insteadFor}. */
    String instead;

    String insteadFor = "";
    /** Comes between OK and the prompt. */
    String beforePrompt = "";
    /** Comes before SEND OK. */
    String beforeSendOk = "";

    int perRead = Integer.MAX_VALUE;
    long octetsMoved;

    void say(String text) {
        byte[] more = text.getBytes(ISO_8859_1);
        byte[] all = new byte[answers.length - answersAt + more.length];
        System.arraycopy(answers, answersAt, all, 0, answers.length - answersAt);
        System.arraycopy(more, 0, all, answers.length - answersAt, more.length);
        answers = all;
        answersAt = 0;
    }

    /** A datagram arrives from the network. */
    static String ipd(String data) {
        return "\r\n+IPD," + data.length() + ":" + data;
    }

    @Override
    public int write(byte[] octets, int offset, int length) {
        if (gone) {
            return Hal.GONE;
        }
        octetsMoved += length;
        for (int i = 0; i < length; i++) {
            take(octets[offset + i]);
        }
        return length;
    }

    private void take(byte octet) {
        if (expectData > 0) {
            data.write(octet);
            if (--expectData == 0) {
                sentOverUdp.add(data.toByteArray());
                say("\r\nRecv " + data.size() + " bytes\r\n" + beforeSendOk + "\r\nSEND OK\r\n");
                data.reset();
            }
            return;
        }
        line.write(octet);
        if (octet == '\n') {
            String command = line.toString(ISO_8859_1);
            line.reset();
            commands.add(command.trim());
            if (!silent) {
                say(echo ? command.replace("\r\n", "\r\r\n") : "");
                answer(command.trim());
            }
        }
    }

    private void answer(String command) {
        if (instead != null && command.startsWith(insteadFor)) {
            say(instead);
            instead = null;
        } else if (command.startsWith("AT+CIPSEND=")) {
            expectData = Integer.parseInt(command.substring(11));
            say("\r\nOK\r\n" + beforePrompt + "> ");
        } else if (command.equals("AT+CIPCLOSE")) {
            say("\r\nERROR\r\n");
        } else if (command.startsWith("AT+CWJAP")) {
            say("WIFI DISCONNECT\r\nWIFI CONNECTED\r\nWIFI GOT IP\r\n\r\nOK\r\n");
        } else if (command.startsWith("AT+CIPSTART")) {
            say("CONNECT\r\n\r\nOK\r\n");
        } else {
            echo &= !command.equals("ATE0");
            say("\r\nOK\r\n");
        }
    }

    @Override
    public int read(byte[] into, int offset, int capacity) {
        if (gone) {
            return Hal.GONE;
        }
        int count = Math.min(perRead, Math.min(capacity, answers.length - answersAt));
        System.arraycopy(answers, answersAt, into, offset, count);
        answersAt += count;
        octetsMoved += count;
        return count;
    }

    @Override
    public void close() {
        gone = true;
    }
}
