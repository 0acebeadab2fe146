package midge.gateway.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import midge.gateway.net.DtlsKeys;
import midge.settings.SecretFile;

/** A file of shared keys for DTLS: lines of {@code IDENTITY:HEXKEY}, as mosquitto's. */
final class PskFile {
    private PskFile() {}

    /**
     * {@return the keys by identity, at least one; empty lines and those that begin with {@code #} do not count}
     *
     * @throws IllegalArgumentException with the number of a line that is not so; a key is not repeated
     */
    static Map<String, byte[]> read(Path file) {
        List<String> lines = SecretFile.lines("key file", file);
        Map<String, byte[]> keys = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String where = "line " + (i + 1) + " of " + file;
                int colon = line.lastIndexOf(':');
                if (colon < 1) {
                    throw new IllegalArgumentException(where + " is not: identity:key, the key in hex");
                }
                String identity = line.substring(0, colon);
                if (keys.put(identity, key(line.substring(colon + 1), where)) != null) {
                    throw new IllegalArgumentException(where + " names '" + identity + "' a second time");
                }
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no key; a line is identity:key, the key in hex");
        }
        return keys;
    }

    private static byte[] key(String hex, String where) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(hex.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + " has a key that is not in hex", e);
        }
        if (key.length < DtlsKeys.SHORTEST || key.length > DtlsKeys.LONGEST) {
            throw new IllegalArgumentException(where + " has a key of " + key.length + " octets, must be "
                    + DtlsKeys.SHORTEST + ".." + DtlsKeys.LONGEST + "; openssl rand -hex 16 makes one");
        }
        return key;
    }
}
