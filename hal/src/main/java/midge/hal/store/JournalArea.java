package midge.hal.store;

import midge.hal.Hal;

/**
 * One of a journal's two storages, read and written record by record: |length:2|type:1|CRC-32:4|body…|, high octet first. The CRC
 * covers length, type and body. Type 0 is the journal's own: an area starts with its generation, and a seal follows once everything
 * that the area replaces has been copied into it.
 */
final class JournalArea {
    static final int HEADER = 7;
    static final int OWN_TYPE = 0;

    private static final int MAGIC = 0x4D4A; // "MJ"
    private static final int GENERATION_BODY = 7;
    private static final int SEAL_BODY = 1;
    private static final int FORMAT = 1;

    private final Storage storage;
    private final byte[] header = new byte[HEADER];
    private final byte[] own = new byte[GENERATION_BODY];
    private long end;
    private int generation;
    private boolean sealed;
    private boolean dirty;
    private int type;
    private int bodyLength;

    JournalArea(Storage storage) {
        this.storage = storage;
    }

    /** @return position behind the last good record */
    long end() {
        return end;
    }

    int generation() {
        return generation;
    }

    boolean sealed() {
        return sealed;
    }

    /** @return type of the record that {@link #read} found */
    int type() {
        return type;
    }

    /** @return octets in the body of the record that {@link #read} found */
    int bodyLength() {
        return bodyLength;
    }

    /** Reads everything once, to find generation, seal and end. @return {@link Hal#OK} or the storage's negative code */
    int scan(byte[] body) {
        end = 0;
        sealed = false;
        int status = read(0, body);
        if (status <= 0 || !isGeneration(body)) {
            return status < 0 ? status : Hal.OK;
        }
        generation = (body[3] & 0xFF) << 24 | (body[4] & 0xFF) << 16 | (body[5] & 0xFF) << 8 | (body[6] & 0xFF);
        while (status > 0) {
            end += status;
            sealed |= type == OWN_TYPE && bodyLength == SEAL_BODY;
            status = read(end, body);
        }
        return status;
    }

    /**
     * Reads one record.
     *
     * @return octets that it takes in the storage; 0 when no good record starts there; the storage's negative code
     */
    int read(long at, byte[] body) {
        int count = storage.read(at, header, 0, HEADER);
        if (count < HEADER) {
            return count < 0 ? count : 0;
        }
        int length = (header[0] & 0xFF) << 8 | (header[1] & 0xFF);
        if (length > body.length) {
            return 0;
        }
        count = length == 0 ? 0 : storage.read(at + HEADER, body, 0, length);
        if (count < length) {
            return count < 0 ? count : 0;
        }
        int crc = (header[3] & 0xFF) << 24 | (header[4] & 0xFF) << 16 | (header[5] & 0xFF) << 8 | (header[6] & 0xFF);
        if (crc != Crc32.update(Crc32.update(0, header, 0, 3), body, 0, length)) {
            return 0;
        }
        type = header[2] & 0xFF;
        bodyLength = length;
        return HEADER + length;
    }

    /** Writes one record at the end; when that fails the area is as before. @return {@link Hal#OK} or a negative code */
    int append(int recordType, byte[] body, int offset, int length) {
        int status = dirty ? cutTail() : Hal.OK;
        if (status != Hal.OK) {
            return status;
        }
        header[0] = (byte) (length >> 8);
        header[1] = (byte) length;
        header[2] = (byte) recordType;
        int crc = Crc32.update(Crc32.update(0, header, 0, 3), body, offset, length);
        header[3] = (byte) (crc >> 24);
        header[4] = (byte) (crc >> 16);
        header[5] = (byte) (crc >> 8);
        header[6] = (byte) crc;
        status = storage.append(header, 0, HEADER);
        if (status == Hal.OK && length > 0) {
            status = storage.append(body, offset, length);
        }
        if (status == Hal.OK) {
            end += HEADER + length;
        } else {
            cutTail();
        }
        return status;
    }

    /** Empties the area and starts it as {@code newGeneration}. @return {@link Hal#OK} or a negative code */
    int start(int newGeneration) {
        int status = clear();
        if (status != Hal.OK) {
            return status;
        }
        generation = newGeneration;
        own[0] = (byte) (MAGIC >> 8);
        own[1] = (byte) MAGIC;
        own[2] = FORMAT;
        own[3] = (byte) (newGeneration >> 24);
        own[4] = (byte) (newGeneration >> 16);
        own[5] = (byte) (newGeneration >> 8);
        own[6] = (byte) newGeneration;
        return append(OWN_TYPE, own, 0, GENERATION_BODY);
    }

    /** From now on this area counts. @return {@link Hal#OK} once that would survive a power cut, or a negative code */
    int seal() {
        int status = append(OWN_TYPE, own, 0, SEAL_BODY);
        if (status == Hal.OK) {
            status = storage.sync();
        }
        sealed = status == Hal.OK;
        return status;
    }

    int sync() {
        return storage.sync();
    }

    /** Empties the area. @return {@link Hal#OK} or a negative code, then it may still be whole */
    int clear() {
        sealed = false;
        end = 0;
        return cutTail();
    }

    /** @return octets behind the last good record */
    long tail() {
        return storage.length() - end;
    }

    /** Forgets what is behind the last good record, so that new records are found again. */
    int cutTail() {
        int status = tail() > 0 ? storage.truncate(end) : Hal.OK;
        dirty = status != Hal.OK;
        return status;
    }

    private boolean isGeneration(byte[] body) {
        return type == OWN_TYPE
                && bodyLength == GENERATION_BODY
                && body[0] == (byte) (MAGIC >> 8)
                && body[1] == (byte) MAGIC
                && body[2] == FORMAT;
    }
}
