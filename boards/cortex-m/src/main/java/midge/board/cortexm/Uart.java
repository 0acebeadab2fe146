package midge.board.cortexm;

import midge.hal.SerialPort;
import org.teavm.interop.Address;

/** The board's UART, without a copy: C reads and writes the caller's array. */
final class Uart implements SerialPort {
    @Override
    public int write(byte[] octets, int offset, int length) {
        return Board.uartWrite(Address.ofData(octets).add(offset), length);
    }

    @Override
    public int read(byte[] into, int offset, int capacity) {
        return Board.uartRead(Address.ofData(into).add(offset), capacity);
    }

    @Override
    public void close() {}
}
