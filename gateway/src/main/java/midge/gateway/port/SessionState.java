package midge.gateway.port;

/** The states of a client as the gateway sees it, MQTT-SN 1.2 §6.14 (figure 4), and the way into the first of them. */
public final class SessionState {
    /** No connection; subscriptions and will may be kept (§6.3). */
    public static final int DISCONNECTED = 0;
    /** CONNECT came; the will is being asked for or the broker has not answered yet. */
    public static final int CONNECTING = 1;
    /** Connected, guarded by its keep alive. */
    public static final int ACTIVE = 2;
    /** Announced its sleep; nothing is sent to it. */
    public static final int ASLEEP = 3;
    /** Woke by PINGREQ to collect what was kept for it. */
    public static final int AWAKE = 4;
    /** Fell silent; its will was left to the broker. */
    public static final int LOST = 5;

    private static final String[] NAMES = {"disconnected", "connecting", "active", "asleep", "awake", "lost"};

    private SessionState() {}

    /** @return the state's name in lower case */
    public static String name(int state) {
        return NAMES[state];
    }

    /** @return whether the client counts as connected: active, asleep or awake */
    public static boolean isConnected(int state) {
        return state == ACTIVE || state == ASLEEP || state == AWAKE;
    }
}
