package midge.board.ble;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A BLE device as people write it: {@code ble://AA:BB:CC:DD:EE:FF}, or {@code ble://name}, in both cases perhaps with
 * {@code ?adapter=hci1}.
 *
 * @param wanted an address in capitals, or the name that the device tells
 * @param adapter empty: the first one
 */
record BleUri(String wanted, String adapter) {
    static final String SCHEME = "ble";
    private static final String EXPECTED = "expected ble://AA:BB:CC:DD:EE:FF or ble://name";
    private static final Pattern URI = Pattern.compile("(?i:ble)://([^/?#]+)/?(?:\\?(.*))?");
    private static final Pattern ADDRESS = Pattern.compile("(?i)[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern ADAPTER = Pattern.compile("adapter=(hci\\d+)");

    /** Throws {@link IllegalArgumentException} of one line when the text is wrong. */
    static BleUri parse(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            throw new IllegalArgumentException("'" + text + "' names no BLE device, " + EXPECTED);
        }
        String wanted = decoded(text, uri.group(1));
        String query = uri.group(2);
        Matcher adapter = ADAPTER.matcher(query == null ? "" : query);
        if (query != null && !query.isEmpty() && !adapter.matches()) {
            throw new IllegalArgumentException(
                    "'" + query + "' in '" + text + "' is not known, the only option is adapter=hci0");
        }
        boolean isAddress = ADDRESS.matcher(wanted).matches();
        if (!isAddress && wanted.matches("(?i)[0-9a-f]{1,2}([:-][0-9a-f]{1,2}){3,}")) {
            throw new IllegalArgumentException("'" + wanted + "' in '" + text + "' is no address, " + EXPECTED);
        }
        return new BleUri(
                isAddress ? wanted.toUpperCase(Locale.ROOT) : wanted, adapter.matches() ? adapter.group(1) : "");
    }

    private static String decoded(String text, String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' has a % that is not followed by two digits", e);
        }
    }
}
