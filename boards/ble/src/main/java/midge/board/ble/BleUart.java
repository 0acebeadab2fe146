package midge.board.ble;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.link.ChunkLink;

/** The UART of a connected device. A thread writes, since bluetoothd answers when it likes; a thread of the bus brings notifications. */
final class BleUart implements ChunkLink {
    private static final int CHUNKS_MOST = 256;

    private final Bluez bluez;
    private final BleSearch.Found device;
    private final Idle idle;
    private final BlockingQueue<byte[]> in = new ArrayBlockingQueue<>(CHUNKS_MOST);
    private final BlockingQueue<byte[]> out = new ArrayBlockingQueue<>(CHUNKS_MOST);
    private final Thread writer = new Thread(this::write, "ble out");
    private volatile boolean isGone;

    /** Asks for notifications; {@code bluez} is the link's from now on. */
    BleUart(Bluez bluez, BleSearch.Found device, Idle idle) throws IOException {
        this.bluez = bluez;
        this.device = device;
        this.idle = idle;
        bluez.listen(this::changed);
        bluez.startNotify(device.uart().notifying());
        writer.setDaemon(true);
        writer.start();
    }

    private void changed(String path, String property, Object value) {
        if (path.equals(device.uart().notifying()) && property.equals("Value")) {
            if (!in.offer(Bluez.octets(value))) {
                gone(); // an octet of the stream is lost: better a new connection
            }
            idle.wake();
        } else if (path.equals(device.path()) && property.equals("Connected") && Boolean.FALSE.equals(value)) {
            gone();
        }
    }

    private void gone() {
        isGone = true;
        writer.interrupt();
        idle.wake();
    }

    private void write() {
        try {
            while (!isGone) {
                bluez.write(device.uart(), out.take());
                idle.wake();
            }
        } catch (IOException e) {
            gone();
        } catch (InterruptedException e) {
            // gone, which the next call tells
        }
    }

    @Override
    public int chunkMost() {
        return device.uart().chunkMost();
    }

    @Override
    public int send(byte[] chunk, int offset, int length) {
        if (isGone) {
            return Hal.GONE;
        }
        return out.offer(Arrays.copyOfRange(chunk, offset, offset + length)) ? length : 0;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        byte[] chunk = in.poll();
        if (chunk == null) {
            return isGone ? Hal.GONE : 0;
        }
        int length = Math.min(chunk.length, capacity); // never less: an attribute has 512 octets at most
        System.arraycopy(chunk, 0, into, offset, length);
        return length;
    }

    @Override
    public void close() {
        boolean wasGone = isGone;
        gone();
        try {
            if (!wasGone) {
                bluez.disconnect(device.path());
            }
        } catch (IOException e) {
            // it has gone by itself
        } finally {
            bluez.close();
        }
    }
}
