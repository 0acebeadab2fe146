package midge.gateway.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import midge.gateway.port.GatewayCounters;
import midge.gateway.table.NameList;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * SUBSCRIBE and UNSUBSCRIBE of all clients through the shared connection. Every SUBSCRIBE goes to the broker, also for a filter that is
 * subscribed already, since only so the retained messages come; an UNSUBSCRIBE goes there when nobody wants the filter any more.
 */
final class SharedRequests {
    /** Open at one time; the others wait. */
    private static final int WINDOW = 64;
    /** Identifiers above those of {@link SharedExchanges}. */
    private static final int FIRST_ID = 0x8000;

    private static final int IDS = 0x4000;
    private static final int NOBODY = -1;

    private final Services services;
    private final BrokerLink link;
    private final SessionTable sessions;
    private final SharedFilters filters = new SharedFilters();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Map<Integer, Request> open = new HashMap<>();
    private final MqttSubscribe subscribe = new MqttSubscribe();
    private final MqttUnsubscribe unsubscribe = new MqttUnsubscribe();
    private final MqttPropertiesWriter properties = new MqttPropertiesWriter();
    private final byte[] identifier = new byte[8];
    private final byte[] answer = new byte[16];
    private int lastId;

    /** What one session asked for; nobody's: the gateway's own. */
    private static final class Request {
        final boolean subscribes;
        final SharedFilter filter;
        final int packetId;
        final int qos;
        int session;
        boolean joined;

        Request(boolean subscribes, SharedFilter filter, int session, int packetId, int qos) {
            this.subscribes = subscribes;
            this.filter = filter;
            this.session = session;
            this.packetId = packetId;
            this.qos = qos;
        }
    }

    SharedRequests(Services services, BrokerLink link, SessionTable sessions) {
        this.services = services;
        this.link = link;
        this.sessions = sessions;
    }

    SharedFilters filters() {
        return filters;
    }

    void subscribe(int session, byte[] packet, int offset, int length, long nowMs) {
        if (subscribe.wrap(packet, offset, length, link.version()) < 0 || !subscribe.next()) {
            throw new IllegalStateException("a session wrote a wrong SUBSCRIBE");
        }
        SharedFilter filter = filters.take(packet, subscribe.filterOffset(), subscribe.filterLength());
        if (filter == null) {
            answerSubscribe(session, subscribe.packetId(), ReasonCode.QUOTA_EXCEEDED, nowMs);
            return;
        }
        add(new Request(true, filter, session, subscribe.packetId(), subscribe.qos()), nowMs);
    }

    void unsubscribe(int session, byte[] packet, int offset, int length, long nowMs) {
        if (unsubscribe.wrap(packet, offset, length, link.version()) < 0 || !unsubscribe.next()) {
            throw new IllegalStateException("a session wrote a wrong UNSUBSCRIBE");
        }
        int packetId = unsubscribe.packetId();
        SharedFilter filter = filters.find(packet, unsubscribe.filterOffset(), unsubscribe.filterLength());
        if (filter != null) {
            filter.remove(session);
        }
        if (filter == null || filter.count() > 0) {
            answerUnsubscribe(session, packetId, nowMs);
        } else {
            add(new Request(false, filter, session, packetId, 0), nowMs);
        }
    }

    private void add(Request request, long nowMs) {
        waiting.add(request);
        pump(nowMs);
    }

    /** Sends what waits, as far as window and connection allow. */
    void pump(long nowMs) {
        while (!waiting.isEmpty() && open.size() < WINDOW) {
            Request request = waiting.element();
            if (!link.hasRoom(64 + request.filter.name.length)) {
                return;
            }
            waiting.remove();
            send(request, nowMs);
        }
    }

    private void send(Request request, long nowMs) {
        if (!request.subscribes && request.filter.count() > 0) {
            finishUnsubscribe(request, nowMs); // somebody wants it again meanwhile
            return;
        }
        int id = nextId();
        open.put(id, request);
        byte[] out = services.packetOut;
        byte[] name = request.filter.name;
        byte[] list = services.payload;
        int length;
        if (request.subscribes) {
            join(request);
            properties.reset(identifier, 0, identifier.length);
            properties.put(Property.SUBSCRIPTION_IDENTIFIER, SharedFilters.identifier(request.filter));
            int entry = MqttSubscribe.entry(list, 0, list.length, name, 0, name.length, request.filter.highestQos());
            length = MqttSubscribe.encode(
                    out, 0, out.length, link.version(), id, identifier, 0, properties.length(), list, 0, entry);
        } else {
            int entry = MqttUnsubscribe.entry(list, 0, list.length, name, 0, name.length);
            length = MqttUnsubscribe.encode(out, 0, out.length, link.version(), id, identifier, 0, 0, list, 0, entry);
        }
        link.send(out, 0, length, nowMs);
    }

    /** The subscriber counts from now on, since retained messages may come before SUBACK. */
    private static void join(Request request) {
        SharedFilter filter = request.filter;
        filter.nextRound();
        if (request.session == NOBODY) {
            filter.roundForAll = filter.round;
        } else {
            request.joined = filter.place(request.session) < 0;
            filter.put(request.session, request.qos);
        }
    }

    private int nextId() {
        do {
            lastId = (lastId + 1) % IDS;
        } while (open.containsKey(FIRST_ID + lastId));
        return FIRST_ID + lastId;
    }

    boolean onSuback(byte[] packet, int offset, int length, long nowMs) {
        MqttSuback suback = services.suback;
        if (suback.wrap(packet, offset, length, link.version()) < 0 || suback.count() != 1) {
            return false;
        }
        Request request = remove(suback.packetId(), true);
        if (request == null) {
            services.drop(services.config.maxSessions(), GatewayCounters.DROP_BROKER_STRAY, nowMs);
            return true;
        }
        int code = suback.code(0);
        boolean failed = ReasonCode.isFailure(code);
        if (failed) {
            services.refusal(services.config.maxSessions(), MqttType.SUBACK, code, suback.properties(), nowMs);
        }
        finishSubscribe(request, failed ? code : Math.min(code, request.qos), failed, nowMs);
        pump(nowMs);
        return true;
    }

    private void finishSubscribe(Request request, int code, boolean failed, long nowMs) {
        if (request.session == NOBODY) {
            if (failed) {
                services.drop(services.config.maxSessions(), GatewayCounters.SUBSCRIPTIONS_LOST, nowMs);
            }
            return;
        }
        boolean awaited = sessions.get(request.session).subscribe.uses(request.packetId);
        if ((failed || !awaited) && request.joined) {
            leave(request.filter, request.session, nowMs);
        }
        if (awaited) {
            answerSubscribe(request.session, request.packetId, code, nowMs);
        }
    }

    boolean onUnsuback(byte[] packet, int offset, int length, long nowMs) {
        MqttUnsuback unsuback = services.unsuback;
        if (unsuback.wrap(packet, offset, length, link.version()) < 0) {
            return false;
        }
        Request request = remove(unsuback.packetId(), false);
        if (request == null) {
            services.drop(services.config.maxSessions(), GatewayCounters.DROP_BROKER_STRAY, nowMs);
            return true;
        }
        finishUnsubscribe(request, nowMs);
        pump(nowMs);
        return true;
    }

    private void finishUnsubscribe(Request request, long nowMs) {
        if (request.filter.count() == 0 && !isAsked(request.filter)) {
            filters.remove(request.filter);
        }
        if (request.session != NOBODY) {
            answerUnsubscribe(request.session, request.packetId, nowMs);
        }
    }

    private boolean isAsked(SharedFilter filter) {
        return open.values().stream().anyMatch(r -> r.filter == filter)
                || waiting.stream().anyMatch(r -> r.filter == filter);
    }

    private @Nullable Request remove(int id, boolean subscribes) {
        Request request = open.get(id);
        if (request == null || request.subscribes != subscribes) {
            return null;
        }
        open.remove(id);
        return request;
    }

    private void leave(SharedFilter filter, int session, long nowMs) {
        filter.remove(session);
        if (filter.count() == 0 && !isAsked(filter)) {
            add(new Request(false, filter, NOBODY, 0, 0), nowMs);
        }
    }

    /** Takes a session out of all filters, those in its list and those that it has just asked for. */
    void forget(int session, long nowMs) {
        NameList list = sessions.get(session).subscriptions;
        for (int i = 0; i < list.count(); i++) {
            SharedFilter filter = filters.find(list.names(), list.offset(i), list.length(i));
            if (filter != null) {
                leave(filter, session, nowMs);
            }
        }
        waiting.removeIf(r -> r.session == session && r.subscribes);
        for (Request request : open.values()) {
            if (request.session == session) {
                request.filter.remove(session);
            }
        }
    }

    /** What sessions asked for, they ask for again; what the gateway itself wanted is kept. */
    void onLinkDown() {
        waiting.removeIf(r -> r.session != NOBODY);
        Iterator<Request> requests = open.values().iterator();
        while (requests.hasNext()) {
            Request request = requests.next();
            if (request.session == NOBODY) {
                waiting.add(request);
            } else if (request.subscribes && request.joined) {
                request.filter.remove(request.session);
            }
            requests.remove();
        }
    }

    /** @param resumed whether the broker still has the subscriptions; if not, all are made again */
    void onLinkUp(boolean resumed, long nowMs) {
        if (!resumed) {
            waiting.clear();
            for (int number = 1; number < filters.end(); number++) {
                SharedFilter filter = filters.get(number);
                if (filter != null && filter.count() == 0) {
                    filters.remove(filter);
                } else if (filter != null) {
                    waiting.add(new Request(true, filter, NOBODY, 0, filter.highestQos()));
                }
            }
        }
        pump(nowMs);
    }

    private void answerSubscribe(int session, int packetId, int code, long nowMs) {
        int length =
                MqttSuback.encode(answer, 0, answer.length, link.version(), packetId, answer, 0, 0, code(code), 0, 1);
        sessions.get(session).onPacket(MqttType.SUBACK, answer, 0, length, nowMs);
    }

    private void answerUnsubscribe(int session, int packetId, long nowMs) {
        int length =
                MqttUnsuback.encode(answer, 0, answer.length, link.version(), packetId, answer, 0, 0, code(0), 0, 1);
        sessions.get(session).onPacket(MqttType.UNSUBACK, answer, 0, length, nowMs);
    }

    private byte[] code(int code) {
        identifier[0] = (byte) code;
        return identifier;
    }
}
