package midge.bench.codec;

import java.nio.charset.StandardCharsets;

/** The values that every codec writes and reads. */
final class Sample {
    /** 20 characters. */
    static final String TOPIC = "site/7/greenhouse/t1";

    static final int PACKET_ID = 7;
    static final int KEEP_ALIVE_S = 60;
    static final String CLIENT_ID = "device-0007-node-001";
    static final String USER_NAME = "greenhouse";
    static final String PASSWORD = "correct-horse-battery";
    static final String WILL_TOPIC = "site/7/greenhouse/up";
    static final String WILL_PAYLOAD = "offline";

    static final String[] FILTERS = {"site/7/+/temperature", "site/7/alarm/#"};
    static final int[] FILTER_QOS = {1, 2};

    static final int EXPIRY_S = 3600;
    static final String CONTENT_TYPE = "application/cbor";
    static final String RESPONSE_TOPIC = "site/7/reply";
    static final byte[] CORRELATION = octets("0123456789abcdef");
    static final String USER_KEY = "unit";
    static final String USER_VALUE = "celsius";

    /** A normal topic id of MQTT-SN. */
    static final int TOPIC_ID = 0x0102;

    private Sample() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return a payload with no two neighbours alike */
    static byte[] payload(int octets) {
        byte[] payload = new byte[octets];
        for (int i = 0; i < octets; i++) {
            payload[i] = (byte) (i * 31 + 7);
        }
        return payload;
    }
}
