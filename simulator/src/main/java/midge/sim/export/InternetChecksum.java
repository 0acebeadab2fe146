package midge.sim.export;

/** The ones' complement sum of IPv4, UDP and TCP (RFC 1071). */
final class InternetChecksum {
    private InternetChecksum() {}

    /** {@return {@code sum} with the octets added, as 16-bit words; an odd last octet counts as the high half} */
    static long add(long sum, byte[] octets, int offset, int length) {
        long total = sum;
        for (int i = 0; i < length; i++) {
            int octet = octets[offset + i] & 0xFF;
            total += (i & 1) == 0 ? octet << 8 : octet;
        }
        return total;
    }

    /** {@return the checksum of a sum, 0..65535} */
    static int of(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) ~folded & 0xFFFF;
    }
}
