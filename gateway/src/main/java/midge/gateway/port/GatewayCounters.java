package midge.gateway.port;

/** What happened since the start, one number per kind. Every dropped frame is in exactly one of the {@code DROP_} numbers. */
public final class GatewayCounters {
    /** Datagrams that came in. */
    public static final int DATAGRAMS_IN = 0;
    /** Datagrams that went out. */
    public static final int DATAGRAMS_OUT = 1;
    /** MQTT packets that came from brokers. */
    public static final int PACKETS_IN = 2;
    /** MQTT packets that went to brokers. */
    public static final int PACKETS_OUT = 3;
    /** PUBLISH forwarded to the broker, each message once. */
    public static final int PUBLISHED_UP = 4;
    /** Messages handed to a client: QoS 0 when sent, QoS 1 and 2 when the client acknowledged. */
    public static final int DELIVERED_DOWN = 5;
    /** Messages to clients sent again because the answer did not come (§6.13). */
    public static final int RETRANSMITTED = 6;
    /** Repeated messages from clients, answered but not forwarded again. */
    public static final int DUPLICATES = 7;
    /** CONNECTs accepted. */
    public static final int CONNECTED = 8;
    /** CONNECTs answered by a rejection. */
    public static final int CONNECT_REFUSED = 9;
    /** Clients that fell silent. */
    public static final int LOST = 10;
    /** Broker connections that ended without the gateway's wish. */
    public static final int BROKER_LOST = 11;
    /** Broker connections opened again for a living session. */
    public static final int BROKER_RECONNECTS = 12;
    /** PUBLISH and SUBSCRIBE answered by "congestion". */
    public static final int CONGESTION = 13;
    /** PUBLISH, SUBSCRIBE and REGISTER answered by another rejection. */
    public static final int REJECTED = 14;
    /** Sessions of absent clients given up to make room for another client. */
    public static final int SESSIONS_EVICTED = 15;
    /** Clients that came from a new address (A33). */
    public static final int ADDRESS_CHANGES = 16;
    /** PUBLISH at QoS -1 forwarded. */
    public static final int PUBLISHED_UNCONNECTED = 17;

    /** Datagrams that are no MQTT-SN message: wrong lengths, reserved types, bad fields (§5). */
    public static final int DROP_MALFORMED = 18;
    /** Messages that only a gateway sends. */
    public static final int DROP_DIRECTION = 19;
    /** Messages from an address that has no session; some of them were answered by DISCONNECT (A33). */
    public static final int DROP_STRANGER = 20;
    /** Answers to nothing that is open: ordinary weather. */
    public static final int DROP_STRAY = 21;
    /** Envelopes nested or from a forwarder that is not served (A29). */
    public static final int DROP_FORWARDER = 22;
    /** QoS -1 switched off, or its topic unknown. */
    public static final int DROP_UNCONNECTED = 23;
    /** Messages too long for the configured packet or topic (§6.10). */
    public static final int DROP_TOO_LONG = 24;
    /** QoS 0 messages from clients while their broker could not take them. */
    public static final int DROP_UP_QOS0 = 25;
    /** QoS 0 messages that gave way in a full queue (A38). */
    public static final int DROP_QUEUE_QOS0 = 26;
    /** QoS 1 and 2 messages that gave way in a full queue, acknowledged to the broker (A38). */
    public static final int DROP_QUEUE = 27;
    /** Messages whose topic the client refused (A27), or that it refused to take. */
    public static final int DROP_REFUSED_BY_CLIENT = 28;
    /** Messages for which the client's topic table has no room. */
    public static final int DROP_NO_TOPIC_ID = 29;
    /** Broken MQTT from a broker; the connection is closed. */
    public static final int DROP_BROKER_MALFORMED = 30;
    /** MQTT packets from a broker that answer nothing that is open. */
    public static final int DROP_BROKER_STRAY = 31;
    /** Messages given up because the whole gateway's buffer pool was empty. */
    public static final int DROP_NO_MEMORY = 32;
    /** Messages that a client's end of session discarded, QoS 0, or clean session. */
    public static final int DROP_SESSION_END = 33;
    /** Subscriptions that the broker did not grant again after it had lost the session. */
    public static final int SUBSCRIPTIONS_LOST = 34;
    /** A message that was kept for a client longer than its sender wanted (MQTT 5.0 §3.3.2.3.3). */
    public static final int DROP_EXPIRED = 35;
    /** Changes from one broker to the next of the list. */
    public static final int BROKER_SWITCHES = 36;
    /** Times that the store could not be written; until it can, a restart would forget what changed. */
    public static final int STORE_FAILED = 37;
    /** CONNECTs of clients that the allow list does not have. */
    public static final int ACCESS_REFUSED = 38;
    /** PUBLISH, REGISTER, SUBSCRIBE and wills that the topic rules refused; most are in {@link #REJECTED} too. */
    public static final int TOPIC_REFUSED = 39;
    /** Messages that the rules keep from a client, or at QoS -1 from the broker. */
    public static final int DROP_DENIED = 40;
    /** Datagrams and QoS 0 messages above the configured rates. */
    public static final int DROP_RATE = 41;
    /** CONNECTs and PINGREQs with a client id that the link's identity has no right to. */
    public static final int IDENTITY_REFUSED = 42;
    /** DTLS sessions that were made or resumed. */
    public static final int DTLS_HANDSHAKES = 43;
    /** DTLS handshakes that failed: wrong key, unknown identity, bad certificate, silence. */
    public static final int DTLS_HANDSHAKES_FAILED = 44;
    /** DTLS records that could not be used: replayed, altered, of no session. */
    public static final int DROP_DTLS_RECORD = 45;
    /** Datagrams that a link did not take, or for which the queue between its threads and the gateway's had no room. */
    public static final int DROP_LINK_FULL = 46;
    /** Times that a link's hardware was unplugged, or failed. */
    public static final int LINK_LOST = 47;
    /** Frames that came damaged by a link of the host's, or in no form that it knows: noise, or another speed or framing at its other end. */
    public static final int DROP_LINK_DAMAGED = 48;

    private static final String[] NAMES = {
        "datagrams_in",
        "datagrams_out",
        "packets_in",
        "packets_out",
        "published_up",
        "delivered_down",
        "retransmitted",
        "duplicates",
        "connected",
        "connect_refused",
        "lost",
        "broker_lost",
        "broker_reconnects",
        "congestion",
        "rejected",
        "sessions_evicted",
        "address_changes",
        "published_unconnected",
        "drop_malformed",
        "drop_direction",
        "drop_stranger",
        "drop_stray",
        "drop_forwarder",
        "drop_unconnected",
        "drop_too_long",
        "drop_up_qos0",
        "drop_queue_qos0",
        "drop_queue",
        "drop_refused_by_client",
        "drop_no_topic_id",
        "drop_broker_malformed",
        "drop_broker_stray",
        "drop_no_memory",
        "drop_session_end",
        "subscriptions_lost",
        "drop_expired",
        "broker_switches",
        "store_failed",
        "access_refused",
        "topic_refused",
        "drop_denied",
        "drop_rate",
        "identity_refused",
        "dtls_handshakes",
        "dtls_handshakes_failed",
        "drop_dtls_record",
        "drop_link_full",
        "link_lost",
        "drop_link_damaged",
    };

    /** One more than the highest type of a message in MQTT-SN 1.2 that has no envelope. */
    private static final int TYPES = 0x1E;

    private final long[] values = new long[NAMES.length];
    private final long[] fromClients = new long[TYPES];
    private final long[] toClients = new long[TYPES];

    /** All zero. */
    public GatewayCounters() {}

    /** @return how many counters there are; they are numbered from 0 */
    public static int count() {
        return NAMES.length;
    }

    /** @return the counter's name, lower case with underscores, fit for a metrics page */
    public static String name(int counter) {
        return NAMES[counter];
    }

    /** @return the counter's value */
    public long value(int counter) {
        return values[counter];
    }

    /** @return how many types of messages are told apart: 0 to one less */
    public static int types() {
        return TYPES;
    }

    /** @return messages of this type that clients sent, whatever became of them */
    public long fromClients(int type) {
        return fromClients[type];
    }

    /** @return messages of this type that clients were sent, copies included */
    public long toClients(int type) {
        return toClients[type];
    }

    /** A client sent a message of this type; one that MQTT-SN 1.2 does not have is not counted here. */
    public void addFromClient(int type) {
        if (type < TYPES) {
            fromClients[type]++;
        }
    }

    /** A client was sent a message of this type. */
    public void addToClient(int type) {
        if (type < TYPES) {
            toClients[type]++;
        }
    }

    /** Adds what was counted elsewhere. */
    public void add(int counter, long count) {
        values[counter] += count;
    }

    /** Adds one. */
    public void add(int counter) {
        values[counter]++;
    }
}
