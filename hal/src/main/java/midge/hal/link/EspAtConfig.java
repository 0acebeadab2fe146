package midge.hal.link;

/** What an ESP-AT modem is to do, as the octets of its commands. Set-up code: it uses Strings and throws on bad values. */
public final class EspAtConfig {
    private static final int LONGEST_COMMAND = 256;

    final byte[] join;
    final byte[] open;
    final int mtu;

    /**
     * @param ssid of the access point, 1..32 characters of ASCII
     * @param password 0..64 characters of ASCII
     * @param host name or address of the UDP peer
     * @param port of the UDP peer, 1..65535
     * @param mtu largest datagram, 1..1472 octets
     * @throws IllegalArgumentException outside these ranges
     */
    public EspAtConfig(String ssid, String password, String host, int port, int mtu) {
        if (port < 1 || port > 65_535 || mtu < 1 || mtu > 1_472) {
            throw new IllegalArgumentException("port must be 1..65535 and mtu 1..1472");
        }
        StringBuffer text = new StringBuffer();
        text.append("AT+CWJAP=\"");
        quote(text, "ssid", ssid, 1, 32);
        text.append("\",\"");
        quote(text, "password", password, 0, 64);
        join = command(text.append("\"\r\n"));
        text = new StringBuffer();
        text.append("AT+CIPSTART=\"UDP\",\"");
        quote(text, "host", host, 1, 64);
        open = command(text.append("\",").append(port).append("\r\n"));
        this.mtu = mtu;
    }

    /** Puts a backslash before what the command line gives a meaning. */
    private static void quote(StringBuffer text, String name, String value, int least, int most) {
        if (value.length() < least || value.length() > most) {
            throw new IllegalArgumentException(name);
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(name);
            }
            if (c == '\\' || c == ',' || c == '"') {
                text.append('\\');
            }
            text.append(c);
        }
    }

    private static byte[] command(StringBuffer text) {
        String all = text.toString();
        if (all.length() > LONGEST_COMMAND) {
            throw new IllegalArgumentException("command is too long");
        }
        byte[] octets = new byte[all.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) all.charAt(i);
        }
        return octets;
    }
}
