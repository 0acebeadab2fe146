package midge.board.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;

/** jSerialComm: waits in the kernel, allocates nothing for a read, and its reader learns at once that the port is closed or gone. */
final class JSerialCommDriver implements PortDriver {
    private final SerialPort port;

    private JSerialCommDriver(SerialPort port) {
        this.port = port;
    }

    static PortDriver open(String path, SerialUri uri) throws IOException {
        SerialPort port;
        try {
            port = SerialPort.getCommPort(path);
        } catch (SerialPortInvalidPortException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
        port.setComPortParameters(uri.speed(), 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setFlowControl(
                uri.hasHardwareFlow()
                        ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
                        : SerialPort.FLOW_CONTROL_DISABLED);
        // A write ends when the octets have left: closing the port takes back those that have not.
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, 0, 0);
        if (!port.openPort(0)) {
            throw new IOException("error " + port.getLastErrorCode());
        }
        return new JSerialCommDriver(port);
    }

    @Override
    public int read(byte[] into) throws IOException {
        int count = port.readBytes(into, into.length);
        if (count < 0) {
            throw new IOException("error " + port.getLastErrorCode());
        }
        return count;
    }

    @Override
    public void write(byte[] octets) throws IOException {
        for (int at = 0; at < octets.length; ) {
            int written = port.writeBytes(octets, octets.length - at, at);
            if (written <= 0) {
                throw new IOException("error " + port.getLastErrorCode());
            }
            at += written;
        }
    }

    @Override
    public void cut(boolean discards) {
        if (discards) {
            port.flushIOBuffers(); // makes room for a writer that waits
        }
        port.closePort();
    }

    @Override
    public void close() {
        port.closePort();
    }
}
