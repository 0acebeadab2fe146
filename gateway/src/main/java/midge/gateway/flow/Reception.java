package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnForward;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnProtocol;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.topic.Utf8;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * Takes datagrams: out of a forwarder's envelope, judged by their header, to the session that their address or client id tells, or to
 * what needs none. Messages from strangers are answered by DISCONNECT now and then, so that a client that still believes in its
 * connection learns better (§6.12, A33).
 */
public final class Reception {
    private final Services services;
    private final SessionTable sessions;
    private final UnconnectedFlow unconnected;
    private final DiscoveryFlow discovery;
    private final StrangerLimit strangers;
    private final SnMessage message = new SnMessage();
    private final SnForward envelope = new SnForward();
    private final Peer behindForwarder = new Peer();

    /** Puts the parts together. */
    public Reception(Services services, SessionTable sessions, UnconnectedFlow unconnected, DiscoveryFlow discovery) {
        this.services = services;
        this.sessions = sessions;
        this.unconnected = unconnected;
        this.discovery = discovery;
        strangers = new StrangerLimit(services.config.strangerMs());
    }

    /** Takes one datagram. */
    public void onDatagram(Peer from, byte[] frame, int offset, int length, long nowMs) {
        services.count(GatewayCounters.DATAGRAMS_IN);
        if (!services.admission.admitsDatagram(from, nowMs)) {
            return;
        }
        int status = message.wrap(frame, offset, length);
        if (status < 0) {
            services.drop(-1, GatewayCounters.DROP_MALFORMED, nowMs);
        } else if (message.type() == SnType.ENCAPSULATED) {
            onEnvelope(from, frame, offset, length, nowMs);
        } else if (length > services.config.maxDatagram()) {
            services.drop(-1, GatewayCounters.DROP_TOO_LONG, nowMs);
        } else {
            onMessage(from, frame, offset, length, nowMs);
        }
    }

    private void onEnvelope(Peer from, byte[] frame, int offset, int length, long nowMs) {
        if (!services.config.isForwarder(from)
                || envelope.wrap(frame, offset, length) < 0
                || envelope.nodeIdLength() < 1
                || envelope.nodeIdLength() > Peer.MAX_NODE) {
            services.drop(-1, GatewayCounters.DROP_FORWARDER, nowMs);
            return;
        }
        int inner = envelope.innerOffset();
        int innerLength = envelope.innerLength();
        if (message.wrap(frame, inner, innerLength) < 0 || innerLength > services.config.maxDatagram()) {
            services.drop(-1, GatewayCounters.DROP_MALFORMED, nowMs);
            return;
        }
        behindForwarder.set(from).node(frame, envelope.nodeIdOffset(), envelope.nodeIdLength());
        onMessage(behindForwarder, frame, inner, innerLength, nowMs);
    }

    private void onMessage(Peer from, byte[] frame, int offset, int length, long nowMs) {
        Session session = sessions.find(from);
        services.observer.fromClient(session == null ? -1 : session.index(), from, frame, offset, length, nowMs);
        int type = message.type();
        services.counters.addFromClient(type);
        boolean sound = true;
        switch (type) {
            case SnType.CONNECT -> sound = onConnect(from, frame, offset, length, nowMs);
            case SnType.SEARCHGW -> discovery.onSearch(from, nowMs);
            case SnType.PINGREQ -> sound = onPingreq(session, from, frame, offset, length, nowMs);
            case SnType.PUBLISH -> sound = onPublish(session, from, frame, offset, length, nowMs);
            case SnType.PINGRESP -> onPingresp(session, from, nowMs);
            case SnType.ADVERTISE,
                    SnType.GWINFO,
                    SnType.CONNACK,
                    SnType.WILLTOPICREQ,
                    SnType.WILLMSGREQ,
                    SnType.SUBACK,
                    SnType.UNSUBACK,
                    SnType.WILLTOPICRESP,
                    SnType.WILLMSGRESP -> services.drop(-1, GatewayCounters.DROP_DIRECTION, nowMs);
            default -> sound = onSessionMessage(session, from, type, frame, offset, length, nowMs);
        }
        if (!sound) {
            services.drop(session == null ? -1 : session.index(), GatewayCounters.DROP_MALFORMED, nowMs);
        }
    }

    private boolean onConnect(Peer from, byte[] frame, int offset, int length, long nowMs) {
        SnConnect connect = services.snConnect;
        if (connect.wrap(frame, offset, length) < 0) {
            return false;
        }
        int idLength = connect.clientIdLength();
        if (connect.protocolId() != SnProtocol.V1_2.id()
                || idLength < 1
                || idLength > services.config.maxClientId()
                || Utf8.check(frame, connect.clientIdOffset(), idLength) < 0) {
            refuse(from, SnReturnCode.NOT_SUPPORTED, nowMs);
            return true;
        }
        if (!services.admission.admits(from, frame, connect.clientIdOffset(), idLength)) {
            services.count(GatewayCounters.ACCESS_REFUSED);
            refuse(from, SnReturnCode.NOT_SUPPORTED, nowMs);
            return true;
        }
        Session session = sessions.find(frame, connect.clientIdOffset(), idLength);
        if (!mayBe(session, from, frame, connect.clientIdOffset(), idLength)) {
            services.count(GatewayCounters.IDENTITY_REFUSED);
            refuse(from, SnReturnCode.NOT_SUPPORTED, nowMs);
            return true;
        }
        if (session == null) {
            session = sessions.add(frame, connect.clientIdOffset(), idLength, nowMs);
        }
        if (session == null) {
            refuse(from, SnReturnCode.CONGESTION, nowMs);
            return true;
        }
        boolean moved = move(session, from);
        session.connect.onConnect(connect, moved, nowMs);
        return true;
    }

    /** @return whether the identity of the sender's link, if it has one, fits the client id and the session's link so far */
    private boolean mayBe(@Nullable Session session, Peer from, byte[] id, int offset, int length) {
        boolean fits =
                from.identity().isEmpty() || services.config.binding().admits(from.identity(), id, offset, length);
        return fits && (session == null || session.belongsTo(from));
    }

    private void refuse(Peer to, int returnCode, long nowMs) {
        services.drop(-1, GatewayCounters.CONNECT_REFUSED, nowMs);
        services.downlink.connack(to, returnCode, nowMs);
    }

    /** @return whether the session was reached at another address before */
    private boolean move(Session session, Peer to) {
        if (session.hasPeer() && session.peer().equals(to)) {
            return false;
        }
        if (session.isConnected()) {
            services.count(GatewayCounters.ADDRESS_CHANGES);
        }
        sessions.bind(session, to);
        return true;
    }

    private boolean onPingreq(@Nullable Session session, Peer from, byte[] frame, int offset, int length, long nowMs) {
        SnPing ping = services.snPing;
        if (ping.wrap(frame, offset, length) < 0) {
            return false;
        }
        Session named = ping.clientIdLength() == 0
                ? session
                : sessions.find(frame, ping.clientIdOffset(), ping.clientIdLength());
        if (named == null || !named.isConnected() || !mayMove(named, from)) {
            onStranger(from, nowMs);
            return true;
        }
        if (ping.clientIdLength() > 0 && !mayBe(named, from, frame, ping.clientIdOffset(), ping.clientIdLength())) {
            services.count(GatewayCounters.IDENTITY_REFUSED);
            onStranger(from, nowMs);
            return true;
        }
        move(named, from);
        hear(named, SnType.PINGREQ, nowMs);
        if (named.is(SessionState.ACTIVE)) {
            named.ping.onPingreq(nowMs);
        } else {
            named.sleep.onPingreq(nowMs);
        }
        return true;
    }

    /** @return whether the client is served at this address too, if it is another one than before */
    private boolean mayMove(Session session, Peer to) {
        byte[] id = session.clientId();
        return (session.hasPeer() && session.peer().equals(to)) || services.admission.admits(to, id, 0, id.length);
    }

    private boolean onPublish(@Nullable Session session, Peer from, byte[] frame, int offset, int length, long nowMs) {
        SnPublish publish = services.snPublish;
        int status = publish.wrap(frame, offset, length);
        if (status == Status.UNSUPPORTED) {
            services.drop(-1, GatewayCounters.DROP_UNCONNECTED, nowMs);
            return true;
        }
        if (status < 0) {
            return false;
        }
        if (session != null && session.isConnected()) {
            hear(session, SnType.PUBLISH, nowMs);
            if (!publish.hasFullName()) {
                session.upstream.onPublish(publish, nowMs);
                return true;
            }
        }
        if (publish.qos() < 0) {
            unconnected.onPublish(publish, from, nowMs);
        } else {
            onUnexpected(session, from, nowMs);
        }
        return true;
    }

    private void onPingresp(@Nullable Session session, Peer from, long nowMs) {
        if (session == null || !session.isConnected()) {
            onUnexpected(session, from, nowMs);
        } else {
            hear(session, SnType.PINGRESP, nowMs);
        }
    }

    private boolean onSessionMessage(
            @Nullable Session session, Peer from, int type, byte[] frame, int offset, int length, long nowMs) {
        if (session != null && session.isConnected()) {
            hear(session, type, nowMs);
            return session.onMessage(type, frame, offset, length, nowMs);
        }
        boolean settingUp = type == SnType.WILLTOPIC || type == SnType.WILLMSG || type == SnType.DISCONNECT;
        if (session != null && session.is(SessionState.CONNECTING) && settingUp) {
            hear(session, type, nowMs);
            return session.onMessage(type, frame, offset, length, nowMs);
        }
        onUnexpected(session, from, nowMs);
        return true;
    }

    private static void hear(Session session, int type, long nowMs) {
        session.ping.heard(nowMs);
        session.connect.onOtherMessage(type);
    }

    /** A client whose CONNECT is not answered yet is no stranger: this is an old frame, or one too early. */
    private void onUnexpected(@Nullable Session session, Peer from, long nowMs) {
        if (session != null && session.is(SessionState.CONNECTING)) {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
        } else {
            onStranger(from, nowMs);
        }
    }

    private void onStranger(Peer from, long nowMs) {
        services.drop(-1, GatewayCounters.DROP_STRANGER, nowMs);
        if (strangers.mayAnswer(from, nowMs)) {
            services.downlink.disconnect(from, nowMs);
        }
    }
}
