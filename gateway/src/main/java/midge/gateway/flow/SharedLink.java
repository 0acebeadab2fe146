package midge.gateway.flow;

import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttType;

/**
 * A client's share in the connection that all clients use. It is up when the client wants it and the connection stands. Opening is
 * answered a moment later, from the timer, as an own connection's would be: never from within a call of the procedure that asked.
 */
final class SharedLink implements Upstream {
    private static final int CLOSED = 0;
    private static final int OPENING = 1;
    /** The connection broke; it comes back by itself. */
    private static final int WAITING = 2;

    private static final int UP = 3;

    private final Services services;
    private final Concentrator shared;
    private final int session;
    private final LinkOwner owner;
    private int state = CLOSED;
    /** Since when this object keeps what the client told it; the answer to "session present". */
    private boolean known;

    private boolean mourned;

    SharedLink(Services services, Concentrator shared, int session, LinkOwner owner) {
        this.services = services;
        this.shared = shared;
        this.session = session;
        this.owner = owner;
    }

    @Override
    public void open(long nowMs) {
        close(true, nowMs);
        state = OPENING;
        mourned = false;
        shared.want(nowMs);
        long waitMs = shared.isPending() ? services.config.brokerTimeoutMs() : 0;
        services.timers.set(session, Timers.LINK, nowMs + waitMs);
    }

    /** What the session left behind was forgotten by {@link #forgetSession}. */
    @Override
    public void purge(long nowMs) {}

    @Override
    public void openAnew(long nowMs) {
        open(nowMs);
    }

    @Override
    public void retry(long nowMs) {
        state = WAITING;
    }

    @Override
    public void resume(int withinMs, long nowMs) {
        state = WAITING;
        shared.want(nowMs);
    }

    @Override
    public void close(boolean goodbye, long nowMs) {
        boolean accepted = state == UP || state == WAITING;
        state = CLOSED;
        services.timers.stop(session, Timers.LINK);
        if (!goodbye && accepted && !mourned) {
            mourned = true;
            owner.publishWill(shared, nowMs);
        }
    }

    @Override
    public boolean closeAndForget(long nowMs) {
        close(true, nowMs);
        return true;
    }

    @Override
    public void forgetSession(long nowMs) {
        known = false;
        shared.forget(session, nowMs);
    }

    @Override
    public ServerLimits limits() {
        return shared.link().limits();
    }

    @Override
    public int version() {
        return shared.link().version();
    }

    @Override
    public boolean isUp() {
        return state == UP && shared.link().isUp();
    }

    @Override
    public boolean isClosed() {
        return state == CLOSED;
    }

    @Override
    public boolean hasRoom(int length) {
        return state == UP && shared.hasRoom(length);
    }

    @Override
    public void send(byte[] packet, int offset, int length, long nowMs) {
        switch (MqttHeader.type(packet, offset)) {
            case MqttType.PUBLISH -> shared.publish(session, packet, offset, length, nowMs);
            case MqttType.SUBSCRIBE -> shared.subscribe(session, packet, offset, length, nowMs);
            case MqttType.UNSUBSCRIBE -> shared.unsubscribe(session, packet, offset, length, nowMs);
            default -> throw new IllegalStateException("a session sends no other packets");
        }
    }

    /** The broker has got the client's acknowledgements already; only PUBREL is of an exchange that the client began. */
    @Override
    public void sendAck(int type, int packetId, long nowMs) {
        if (type == MqttType.PUBREL) {
            shared.release(session, packetId, nowMs);
        }
    }

    @Override
    public void onTimer(long nowMs) {
        if (state == OPENING && shared.link().isUp()) {
            up(nowMs);
        } else if (state == OPENING) {
            state = CLOSED;
            owner.onLinkDown(nowMs);
        }
    }

    private void up(long nowMs) {
        services.timers.stop(session, Timers.LINK);
        owner.fillConnect(services.connectWriter, false);
        state = UP;
        boolean present = known;
        known = true;
        owner.onLinkUp(present, nowMs);
    }

    /** The shared connection stands. */
    void onSharedUp(long nowMs) {
        if (state == OPENING || state == WAITING) {
            up(nowMs);
        }
    }

    /** The shared connection broke, or could not be made. */
    void onSharedDown(long nowMs) {
        if (state == OPENING || state == UP) {
            state = state == UP ? WAITING : CLOSED;
            services.timers.stop(session, Timers.LINK);
            owner.onLinkDown(nowMs);
        }
    }
}
