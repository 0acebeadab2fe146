package midge.board.serial;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import jssc.SerialPort;
import jssc.SerialPortException;
import org.jspecify.annotations.Nullable;

/**
 * jSSC, by the calls of it that end. Its blocking read never returns when the port is closed or pulled out, its read with a timeout
 * spins, and its listener hears of no unplugging: so the port is asked how much has come, every millisecond while octets flow, else less
 * often. That question fails once the port is gone.
 */
final class JsscDriver implements PortDriver {
    private static final long BUSY_NS = 1_000_000;
    private static final long QUIET_NS = 5_000_000;
    /** Empty looks before the line counts as quiet. */
    private static final int BUSY_LOOKS = 50;

    private final SerialPort port;
    private volatile @Nullable Thread reader;
    private volatile boolean isCut;
    private int emptyLooks = BUSY_LOOKS;

    private JsscDriver(SerialPort port) {
        this.port = port;
    }

    static PortDriver open(String path, SerialUri uri) throws IOException {
        SerialPort port = new SerialPort(path);
        try {
            port.openPort();
            // False from a line without modem signals, which has taken the speed all the same.
            port.setParams(uri.speed(), SerialPort.DATABITS_8, SerialPort.STOPBITS_1, SerialPort.PARITY_NONE);
            if (uri.hasHardwareFlow()) {
                port.setFlowControlMode(SerialPort.FLOWCONTROL_RTSCTS_IN | SerialPort.FLOWCONTROL_RTSCTS_OUT);
            }
            return new JsscDriver(port);
        } catch (SerialPortException e) {
            throw new IOException(e.getExceptionType(), e);
        }
    }

    @Override
    public int read(byte[] into) throws IOException {
        reader = Thread.currentThread();
        try {
            while (!isCut) {
                int waiting = port.getInputBufferBytesCount();
                if (waiting > 0) {
                    emptyLooks = 0;
                    byte[] octets = port.readBytes(Math.min(waiting, into.length));
                    System.arraycopy(octets, 0, into, 0, octets.length);
                    return octets.length;
                }
                emptyLooks = Math.min(emptyLooks + 1, BUSY_LOOKS);
                LockSupport.parkNanos(this, emptyLooks < BUSY_LOOKS ? BUSY_NS : QUIET_NS);
            }
            return 0;
        } catch (SerialPortException e) {
            throw new IOException(e.getExceptionType(), e);
        }
    }

    @Override
    public void write(byte[] octets) throws IOException {
        try {
            port.writeBytes(octets); // false when cut short by a signal: octets lost, which the frame's check tells
        } catch (SerialPortException e) {
            throw new IOException(e.getExceptionType(), e);
        }
    }

    @Override
    public void cut(boolean discards) {
        isCut = true;
        LockSupport.unpark(reader);
        try {
            if (discards) {
                port.purgePort(
                        SerialPort.PURGE_TXCLEAR | SerialPort.PURGE_RXCLEAR); // makes room for a writer that waits
            }
        } catch (SerialPortException e) {
            // closed already
        }
    }

    @Override
    public void close() {
        try {
            port.closePort();
        } catch (SerialPortException e) {
            // gone before
        }
    }
}
