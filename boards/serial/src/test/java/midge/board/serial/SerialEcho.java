package midge.board.serial;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.SerialPort;

/** Says what machine it runs on, and gives so many octets back that come by a serial port: SerialEcho URI COUNT. */
final class SerialEcho implements Idle {
    private static final int PATIENCE_MS = 1_000;

    private final Semaphore rings = new Semaphore(0);

    private SerialEcho() {}

    public static void main(String[] arguments) throws IOException {
        SerialEcho echo = new SerialEcho();
        SerialPort port = SerialPorts.open(SerialUri.parse(arguments[0], Set.of()), echo);
        echo.echo(port, Integer.parseInt(arguments[1]));
        port.close();
    }

    private void echo(SerialPort port, int count) {
        System.out.println("echoes on " + System.getProperty("os.arch"));
        byte[] octets = new byte[64];
        for (int done = 0; done < count; ) {
            int length = port.read(octets, 0, octets.length);
            if (length == Hal.GONE) {
                throw new IllegalStateException("the port is gone");
            }
            port.write(octets, 0, length);
            done += length;
            until(PATIENCE_MS);
        }
    }

    @Override
    public void until(long deadlineMs) {
        try {
            rings.tryAcquire(deadlineMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void wake() {
        rings.release();
    }
}
