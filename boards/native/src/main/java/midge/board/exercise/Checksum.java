package midge.board.exercise;

/** FNV-1a, 32 bits: not to protect anything, but to tell two runs apart. */
final class Checksum {
    private int value = 0x811C9DC5;

    void octet(int octet) {
        value = (value ^ (octet & 0xFF)) * 0x01000193;
    }

    void number(int number) {
        octet(number >> 24);
        octet(number >> 16);
        octet(number >> 8);
        octet(number);
    }

    void octets(byte[] octets, int offset, int length) {
        for (int i = 0; i < length; i++) {
            octet(octets[offset + i]);
        }
    }

    int value() {
        return value;
    }
}
