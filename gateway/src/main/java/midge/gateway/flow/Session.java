package midge.gateway.flow;

import midge.gateway.config.ClientRules;
import midge.gateway.config.PredefinedTopics;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.gateway.table.Hashes;
import midge.gateway.table.MessageQueue;
import midge.gateway.table.NameList;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttType;
import midge.mqttsn.codec.SnType;
import midge.wire.Bytes;

/**
 * One client: its state (§6.14), its tables, and one object per procedure, which does the work. This class only says who is who, changes
 * the state, and leads each event to the procedure that it concerns.
 */
public final class Session implements LinkOwner {
    private static final byte[] NO_ID = {};
    private static final int MSG_IDS_RESERVED = 256;

    final Services services;
    final NameList topics;
    final NameList subscriptions;
    final MessageQueue queue;
    final Upstream link;
    final ConnectFlow connect;
    final WillFlow will;
    final RegisterFlow register;
    final UpstreamFlow upstream;
    final Intake intake;
    final DeliverFlow deliver;
    final SubscribeFlow subscribe;
    final SleepFlow sleep;
    final PingFlow ping;

    private final int index;
    private final SessionTable table;
    private final Peer peer = new Peer();
    private boolean bound;
    private byte[] clientId = NO_ID;
    private int idHash;
    private PredefinedTopics predefined;
    private ClientRules rules = ClientRules.ALL;
    private int state = SessionState.DISCONNECTED;
    private int lastMsgId;
    private int asked;
    private int repeated;
    /** MsgIds up to this one count as used after a restart, so that no late answer is taken for a new message's. */
    private int reservedMsgId;

    private int lastKey;
    /** Noted by {@link SessionRecords}. */
    boolean touched;

    Session(Services services, int index, SessionTable table) {
        this.services = services;
        this.index = index;
        this.table = table;
        predefined = services.latest().predefined();
        topics = new NameList(services.config.topicsPerClient(), services.topicMemory);
        subscriptions = new NameList(services.config.topicsPerClient(), services.topicMemory);
        queue = new MessageQueue(services.pool);
        link = services.upstream(index, this);
        connect = new ConnectFlow(this);
        will = new WillFlow(this);
        register = new RegisterFlow(this);
        upstream = new UpstreamFlow(this);
        intake = new Intake(this);
        deliver = new DeliverFlow(this);
        subscribe = new SubscribeFlow(this);
        sleep = new SleepFlow(this);
        ping = new PingFlow(this);
    }

    /** @return the session's number, also that of its broker connection */
    public int index() {
        return index;
    }

    /** @return a constant of {@link SessionState} */
    public int state() {
        return state;
    }

    /** @return the client's id, not to be written to */
    public byte[] clientId() {
        return clientId;
    }

    int idHash() {
        return idHash;
    }

    /** @return where the client is reached; only with {@link #hasPeer} */
    public Peer peer() {
        return peer;
    }

    /** @return whether an address leads to this client */
    public boolean hasPeer() {
        return bound;
    }

    /** @return when the client was last heard, ms */
    public long heardMs() {
        return ping.heardMs();
    }

    /** @return messages kept for the client */
    public int queued() {
        return queue.count();
    }

    /** @return messages to the client that had to be answered, repetitions included, since its session began */
    public int asked() {
        return asked;
    }

    /** @return how many of these were repetitions, because no answer had come */
    public int repeated() {
        return repeated;
    }

    /** A message goes out that the client has to answer. */
    void ask() {
        asked++;
    }

    /** It goes out again. */
    void repeat() {
        repeated++;
        services.count(GatewayCounters.RETRANSMITTED);
    }

    /** @return the way to the broker */
    public Upstream link() {
        return link;
    }

    PredefinedTopics predefined() {
        return predefined;
    }

    /** @return what the client may publish and read */
    ClientRules rules() {
        return rules;
    }

    static int hash(byte[] id, int offset, int length) {
        return Hashes.of(Hashes.SEED, id, offset, length);
    }

    /**
     * @return whether the link's identity lets {@code from} be this client. Nobody else than the identity that it has comes between a
     *     connected client and the gateway; of an absent one another identity may take over, but never a link that proves nothing.
     */
    boolean belongsTo(Peer from) {
        String owner = peer.identity();
        return owner.isEmpty()
                || owner.equals(from.identity())
                || (!from.identity().isEmpty() && !isConnected() && state != SessionState.CONNECTING);
    }

    /** Gives this object to a client that had none. */
    void begin(byte[] id, int offset, int length) {
        clientId = new byte[length];
        System.arraycopy(id, offset, clientId, 0, length);
        idHash = hash(id, offset, length);
        predefined = services.latest().predefined(clientId);
        rules = services.admission.of(clientId);
        lastMsgId = 0;
        asked = 0;
        repeated = 0;
        reservedMsgId = 0;
        services.records.session(this);
    }

    /** Takes this object from its client; nothing remains. */
    void end(long nowMs) {
        link.close(true, nowMs);
        stopTimers();
        forgetSession(nowMs);
        upstream.forget();
        register.forgetIds();
        services.records.end(this);
        clientId = NO_ID;
        bound = false;
        peer.identify("");
    }

    void bind(Peer to) {
        peer.set(to);
        bound = true;
        services.records.touch(this);
    }

    void unbind() {
        bound = false;
        services.records.touch(this);
    }

    void enter(int newState, long nowMs) {
        if (newState != state) {
            int old = state;
            state = newState;
            if (SessionRecords.kept(old) != SessionRecords.kept(newState)) {
                services.records.touch(this);
            }
            table.absent(this, state == SessionState.DISCONNECTED || state == SessionState.LOST);
            services.observer.onState(index, old, newState, nowMs);
        }
    }

    boolean is(int someState) {
        return state == someState;
    }

    boolean isConnected() {
        return SessionState.isConnected(state);
    }

    /** @return whether the client's radio listens for messages of ours: not while it sleeps */
    boolean isListening() {
        return state == SessionState.ACTIVE || state == SessionState.AWAKE;
    }

    /** @return a MsgId for a message to the client, 1..65535, one counter for all kinds (A13) */
    int nextMsgId() {
        if (lastMsgId == reservedMsgId) {
            reservedMsgId = (lastMsgId + MSG_IDS_RESERVED - 1) % 0xFFFF + 1;
            services.records.touch(this);
        }
        lastMsgId = lastMsgId % 0xFFFF + 1;
        return lastMsgId;
    }

    int reservedMsgId() {
        return reservedMsgId;
    }

    /** @return a number for a message in the journal, never 0 */
    int nextKey() {
        lastKey = lastKey == Integer.MAX_VALUE ? 1 : lastKey + 1;
        return lastKey;
    }

    void restoreKey(int key) {
        lastKey = Math.max(lastKey, key);
    }

    /** @return whether anything is to be known of this client after a restart */
    boolean leavesTrace() {
        return clientId.length > 0 && (SessionState.isConnected(state) || !connect.isClean());
    }

    /** The client was there when the process before ended, and need not notice that another one goes on. */
    void restore(int oldState, int oldReservedMsgId, int withinMs, long nowMs) {
        lastMsgId = oldReservedMsgId;
        reservedMsgId = oldReservedMsgId;
        if (SessionState.isConnected(oldState)) {
            enter(oldState, nowMs);
            ping.begin(nowMs);
            link.resume(withinMs, nowMs);
        } else {
            table.absent(this, true);
        }
    }

    void drop(int counter, long nowMs) {
        services.drop(index, counter, nowMs);
    }

    void setTimer(int kind, long deadlineMs) {
        services.timers.set(index, kind, deadlineMs);
    }

    void stopTimer(int kind) {
        services.timers.stop(index, kind);
    }

    private void stopTimers() {
        stopTimer(Timers.LIVENESS);
        stopTimer(Timers.WILL);
        stopTimer(Timers.REGISTER);
        stopTimer(Timers.DELIVER);
    }

    /** Drops what a client with CleanSession leaves behind (§6.3, A36). */
    void forgetSession(long nowMs) {
        services.records.forget(this);
        link.forgetSession(nowMs);
        subscriptions.clear();
        will.forget();
        deliver.forget(nowMs);
        upstream.dropExchanges();
    }

    /** Ends what was going on with the client; it has to be begun anew. Registered ids end too (A2). */
    void interrupt() {
        stopTimers();
        will.interrupt();
        register.interrupt();
        subscribe.interrupt();
        upstream.detach();
        deliver.interrupt();
        register.forgetIds();
    }

    /** The client said goodbye, or was told so: its will is not published. */
    void disconnect(long nowMs) {
        leave(SessionState.DISCONNECTED, true, nowMs);
    }

    /**
     * The configuration is another one. A subscription by a pre-defined id that now means another topic goes on under a registered id.
     * A client that is no longer served is told so; one that sleeps finds out when it wakes.
     */
    public void adopt(long nowMs) {
        predefined = services.latest().predefined(clientId);
        rules = services.admission.of(clientId);
        for (int i = 0; i < subscriptions.count(); i++) {
            int id = Subscriptions.predefinedId(subscriptions.tag(i));
            byte[] name = id == 0 ? null : predefined.name(id);
            boolean same = name != null
                    && name.length == subscriptions.length(i)
                    && Bytes.equal(name, 0, subscriptions.names(), subscriptions.offset(i), name.length);
            if (id != 0 && !same) {
                subscriptions.tag(i, Subscriptions.tag(Subscriptions.qos(subscriptions.tag(i)), 0));
            }
        }
        boolean present = isConnected() || state == SessionState.CONNECTING;
        if (present && !services.admission.admits(this)) {
            services.count(GatewayCounters.ACCESS_REFUSED);
            if (isListening()) {
                services.downlink.disconnect(this, nowMs);
            }
            disconnect(nowMs);
        }
    }

    /** The client fell silent: the broker connection ends without DISCONNECT, so that the broker publishes the will (§6.14). */
    void lose(long nowMs) {
        services.count(GatewayCounters.LOST);
        leave(SessionState.LOST, false, nowMs);
    }

    /** The gateway ends: a client that listens is told, one that sleeps finds out when it wakes. No will is published. */
    public void shutdown(long nowMs) {
        if (isListening()) {
            services.downlink.disconnect(this, nowMs);
        } else if (services.records.isOn()) {
            link.close(true, nowMs);
            stopTimers(); // the next process finds it asleep, as it was
            return;
        }
        part(SessionState.DISCONNECTED, true, nowMs);
    }

    private void leave(int newState, boolean goodbye, long nowMs) {
        boolean leftovers = connect.leavesSession();
        if (leftovers && goodbye) {
            leftovers = !link.closeAndForget(nowMs);
        }
        part(newState, goodbye, nowMs);
        if (leftovers) {
            link.purge(nowMs);
        }
    }

    private void part(int newState, boolean goodbye, long nowMs) {
        link.close(goodbye, nowMs);
        interrupt();
        deliver.release(nowMs);
        enter(newState, nowMs);
        if (connect.isClean()) {
            forgetSession(nowMs);
        }
        connect.onLeft(nowMs);
    }

    /** Everything for an awake client may be done: if so it is told and sleeps again. */
    void onIdle(long nowMs) {
        sleep.onIdle(nowMs);
    }

    /** A timer of this session ran out. */
    public void onTimer(int kind, long nowMs) {
        switch (kind) {
            case Timers.LIVENESS -> ping.onTimer(nowMs);
            case Timers.WILL -> will.onTimer(nowMs);
            case Timers.REGISTER -> register.onTimer(nowMs);
            case Timers.DELIVER -> deliver.onTimer(nowMs);
            case Timers.LINK -> link.onTimer(nowMs);
            default -> link.onWritable(nowMs);
        }
    }

    @Override
    public void onPurged() {
        connect.onPurged();
    }

    @Override
    public void fillConnect(MqttConnectWriter writer, boolean purge) {
        connect.fillConnect(writer, purge);
    }

    @Override
    public void publishWill(Concentrator shared, long nowMs) {
        will.publish(shared, nowMs);
    }

    @Override
    public void onLinkUp(boolean sessionPresent, long nowMs) {
        boolean resumed = connect.onLinkUp(sessionPresent, nowMs);
        deliver.onLinkUp(resumed, nowMs);
        upstream.onLinkUp(resumed, nowMs);
        subscribe.onLinkUp(resumed, nowMs);
        will.onLinkUp(nowMs);
        deliver.pump(nowMs);
    }

    @Override
    public void onLinkRefused(int reason, long nowMs) {
        connect.onLinkRefused(reason, nowMs);
    }

    @Override
    public void onLinkDown(long nowMs) {
        connect.onLinkDown(nowMs);
    }

    @Override
    public void onLinkWritable(long nowMs) {
        upstream.onLinkWritable(nowMs);
    }

    @Override
    public boolean onPacket(int type, byte[] packet, int offset, int length, long nowMs) {
        return switch (type) {
            case MqttType.PUBLISH -> intake.onPublish(packet, offset, length, nowMs);
            case MqttType.PUBREL -> deliver.onPubrel(packet, offset, length, nowMs);
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBCOMP -> upstream.onAck(packet, offset, length, nowMs);
            case MqttType.SUBACK -> subscribe.onSuback(packet, offset, length, nowMs);
            case MqttType.UNSUBACK -> subscribe.onUnsuback(packet, offset, length, nowMs);
            default -> false;
        };
    }

    @Override
    public boolean onOversized(int type, byte[] packet, int offset, int length, long nowMs) {
        return type == MqttType.PUBLISH && intake.onOversized(packet, offset, length, nowMs);
    }

    /** @return a packet identifier towards the broker that nothing open uses, the wanted one if possible */
    int packetId(int wanted) {
        int id = wanted;
        while (id == 0 || upstream.uses(id) || subscribe.uses(id)) {
            id = id % 0xFFFF + 1;
        }
        return id;
    }

    /** A message that a client may send only in a session. @return false when its octets break the format */
    boolean onMessage(int type, byte[] frame, int offset, int length, long nowMs) {
        return switch (type) {
            case SnType.WILLTOPIC, SnType.WILLTOPICUPD -> will.onTopic(type, frame, offset, length, nowMs);
            case SnType.WILLMSG, SnType.WILLMSGUPD -> will.onMessage(type, frame, offset, length, nowMs);
            case SnType.REGISTER -> register.onRegister(frame, offset, length, nowMs);
            case SnType.REGACK -> register.onRegack(frame, offset, length, nowMs);
            case SnType.PUBACK -> deliver.onPuback(frame, offset, length, nowMs);
            case SnType.PUBREC, SnType.PUBCOMP -> deliver.onAck(frame, offset, length, nowMs);
            case SnType.PUBREL -> upstream.onPubrel(frame, offset, length, nowMs);
            case SnType.SUBSCRIBE, SnType.UNSUBSCRIBE -> subscribe.onRequest(frame, offset, length, nowMs);
            case SnType.DISCONNECT -> sleep.onDisconnect(frame, offset, length, nowMs);
            default -> true;
        };
    }
}
