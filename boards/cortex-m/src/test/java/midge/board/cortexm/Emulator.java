package midge.board.cortexm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** QEMU with one image; its UART and its monitor are sockets of ours. */
final class Emulator implements AutoCloseable {
    private static final int CONNECT_MS = 30_000;

    private final Program qemu;
    private final Socket uart;
    private final Socket monitor;

    Emulator(String machine, Path image) {
        String program = Peers.require("qemu-system-arm", "qemu-system-arm");
        try (ServerSocket uartServer = server();
                ServerSocket monitorServer = server()) {
            qemu = Program.start(
                    program,
                    "-M",
                    machine,
                    "-kernel",
                    image.toString(),
                    "-display",
                    "none",
                    "-monitor",
                    "tcp:127.0.0.1:" + monitorServer.getLocalPort(),
                    "-serial",
                    "tcp:127.0.0.1:" + uartServer.getLocalPort());
            monitor = monitorServer.accept();
            uart = uartServer.accept();
            monitor.setSoTimeout(CONNECT_MS);
            uart.setTcpNoDelay(true);
            answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket server() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(CONNECT_MS);
        return server;
    }

    Socket uart() {
        return uart;
    }

    /** {@return the 32 bits at an address, registers of peripherals included} */
    long word(long address) {
        try {
            monitor.getOutputStream().write("xp /1xw 0x%x\n".formatted(address).getBytes(StandardCharsets.US_ASCII));
            Matcher line = Pattern.compile("[0-9a-f]{16}: 0x([0-9a-f]{8})").matcher(answer());
            if (!line.find()) {
                throw new AssertionError("the monitor says no word at " + address);
            }
            return Long.parseLong(line.group(1), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the prompt after the echo of a command. */
    private String answer() throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\n(qemu) ")) {
            int octet = monitor.getInputStream().read();
            if (octet < 0) {
                throw new AssertionError("QEMU ended: " + qemu.lines());
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    @Override
    public void close() {
        qemu.close();
        try {
            uart.close();
            monitor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
