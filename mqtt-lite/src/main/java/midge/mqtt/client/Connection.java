package midge.mqtt.client;

import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Bytes;
import midge.wire.Status;

/** Begins and ends connections: CONNECT, CONNACK, AUTH, DISCONNECT, their deadlines, and whether there is a session to resume. */
final class Connection {
    /** No stream. */
    private static final int CLOSED = 0;
    /** CONNECT is queued or sent. */
    private static final int CONNECTING = 1;
    /** CONNACK has accepted. */
    private static final int CONNECTED = 2;
    /** Nothing is expected any more; the host is to close the stream. */
    private static final int ENDING = 3;

    private final MqttClientConfig config;
    private final MqttClientListener listener;
    private final SessionStore store;
    private final TransmitQueue queue;
    private final ServerLimits limits;
    private final KeepAlive keepAlive;
    private final InFlight inFlight;
    private final DeliverFlow delivering;

    private final MqttConnectWriter connectWriter = new MqttConnectWriter();
    private final MqttPropertiesWriter propertiesWriter = new MqttPropertiesWriter();
    private final MqttProperties judged = new MqttProperties();
    private final MqttConnack connack = new MqttConnack();
    private final MqttDisconnect disconnect = new MqttDisconnect();
    private final MqttAuth auth = new MqttAuth();

    private int state = CLOSED;
    private long connectByMs = KeepAlive.NEVER;
    private boolean clean;
    private boolean hasSession;

    Connection(
            MqttClientConfig config,
            MqttClientListener listener,
            SessionStore store,
            TransmitQueue queue,
            ServerLimits limits,
            InFlight inFlight,
            DeliverFlow delivering) {
        this.config = config;
        this.listener = listener;
        this.store = store;
        this.queue = queue;
        this.limits = limits;
        this.inFlight = inFlight;
        this.delivering = delivering;
        keepAlive = new KeepAlive(config.pingTimeoutMs);
        clean = config.clean;
    }

    boolean isOpen() {
        return state == CONNECTING || state == CONNECTED;
    }

    boolean isConnecting() {
        return state == CONNECTING;
    }

    boolean isConnected() {
        return state == CONNECTED;
    }

    boolean isEnding() {
        return state == ENDING;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    /** There is a session, from an earlier life. */
    void restoreSession() {
        hasSession = true;
    }

    /** See {@link MqttClient#clean}. */
    int clean(boolean cleanSession) {
        if (!cleanSession && !config.mayResume()) {
            return Status.INVALID;
        }
        clean = cleanSession;
        return Status.OK;
    }

    void open(long nowMs) {
        if (state != CLOSED) {
            return;
        }
        state = CONNECTING;
        connectByMs = nowMs + config.connectTimeoutMs;
        limits.reset();
        config.describe(connectWriter, clean);
        queue.commit(connectWriter.encode(queue.octets(), queue.tail(), queue.room()));
    }

    void close() {
        state = CLOSED;
        connectByMs = KeepAlive.NEVER;
        keepAlive.stop();
    }

    void onTimeout(long nowMs) {
        if (nowMs >= connectByMs) {
            fail(MqttError.CONNECT_TIMEOUT);
        } else if (state == CONNECTED && keepAlive.isOverdue(nowMs)) {
            fail(MqttError.KEEP_ALIVE);
        } else if (state == CONNECTED && keepAlive.isPingDue(nowMs)) {
            queue.ping();
            keepAlive.pingSent(nowMs);
        }
    }

    long deadlineMs() {
        return state == CONNECTING ? connectByMs : keepAlive.deadlineMs();
    }

    /** Ends the connection because of an error; 5.0 says which, once the server has accepted. */
    void fail(int error) {
        if (state == CONNECTED && config.version >= MqttVersion.V5) {
            queue.farewell(MqttError.reasonCode(error));
        }
        if (isOpen()) {
            end();
            listener.onFailed(error);
        }
    }

    private void end() {
        state = ENDING;
        connectByMs = KeepAlive.NEVER;
        keepAlive.stop();
        queue.seal();
        inFlight.onEnding();
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onConnack(byte[] b, int at, int length, long nowMs) {
        if (state == CONNECTED) {
            return MqttError.CONNACK_REPEATED;
        }
        // A server that does not know 5.0 refuses it in the form of 3.1.1.
        boolean oldRefusal = config.version == MqttVersion.V5 && length == 4 && b[at + 3] != 0;
        int status = connack.wrap(b, at, length, oldRefusal ? MqttVersion.V3_1_1 : config.version);
        if (status < 0) {
            return status;
        }
        if (connack.code() != 0) {
            end();
            listener.onRefused(connack);
            return Status.OK;
        }
        boolean presentV31 = config.version == MqttVersion.V3_1 && !clean && hasSession;
        boolean present = connack.sessionPresent() || presentV31;
        if (present && (clean || !(hasSession || config.adoptSession))) {
            return MqttError.SESSION_UNKNOWN;
        }
        if (config.authenticationMethod == null && connack.properties().contains(Property.AUTHENTICATION_METHOD)) {
            return MqttError.AUTHENTICATION_METHOD;
        }
        return accepted(present, nowMs);
    }

    private int accepted(boolean present, long nowMs) {
        limits.read(connack);
        int seconds = (int) connack.properties().number(Property.SERVER_KEEP_ALIVE, config.keepAliveS);
        keepAlive.start(seconds, nowMs);
        connectByMs = KeepAlive.NEVER;
        if (!present) {
            delivering.ids().clear();
        }
        int status = keepSession(present);
        state = CONNECTED;
        int worst = inFlight.onConnected(present);
        if (state == CONNECTED) {
            listener.onConnected(connack);
        }
        return status < 0 ? status : worst;
    }

    private int keepSession(boolean present) {
        hasSession = config.version < MqttVersion.V5
                ? !clean
                : connack.properties().number(Property.SESSION_EXPIRY_INTERVAL, config.sessionExpiryS) > 0;
        if (store == null || present) {
            return Status.OK;
        }
        int status = hasSession ? store.begin() : store.end();
        return status < 0 ? MqttError.STORE : Status.OK;
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onDisconnect(byte[] b, int at, int length) {
        if (config.version < MqttVersion.V5) {
            return MqttError.UNEXPECTED_PACKET;
        }
        int status = disconnect.wrap(b, at, length, config.version);
        if (status < 0) {
            return status;
        }
        if (disconnect.properties().contains(Property.SESSION_EXPIRY_INTERVAL)) {
            return MqttError.PROPERTY_MISPLACED;
        }
        queue.clear();
        end();
        listener.onServerDisconnect(disconnect);
        return Status.OK;
    }

    /** See {@link MqttClient#disconnect(int, byte[], int, int, long)}. */
    int disconnect(int reasonCode, byte[] properties, int offset, int length) {
        if (!isOpen()) {
            return Status.NOT_CONNECTED;
        }
        if (config.version < MqttVersion.V5 && (reasonCode != ReasonCode.SUCCESS || length > 0)) {
            return Status.UNSUPPORTED;
        }
        int status = length == 0 ? Status.OK : judgeDisconnect(properties, offset, length);
        if (status < 0) {
            return status;
        }
        int room = queue.room();
        byte[] given = length == 0 ? null : properties;
        int size = MqttDisconnect.encode(queue.octets(), queue.tail(), room, reasonCode, given, offset, length);
        if (size < 0) {
            return size == Status.TOO_SMALL && !queue.isEmpty() ? Status.BUSY : size;
        }
        if (size > limits.packetSizeMax) {
            return Status.TOO_LARGE;
        }
        queue.commit(size);
        end();
        return Status.OK;
    }

    private int judgeDisconnect(byte[] properties, int offset, int length) {
        int status = judged.wrapBare(properties, offset, length, MqttType.DISCONNECT);
        if (status < 0) {
            return status;
        }
        boolean revives = config.sessionExpiryS == 0 && judged.number(Property.SESSION_EXPIRY_INTERVAL, 0) > 0;
        return revives || judged.contains(Property.SERVER_REFERENCE) ? MqttError.PROPERTY_MISPLACED : Status.OK;
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onAuth(byte[] b, int at, int length, long nowMs) {
        int status = auth.wrap(b, at, length, config.version);
        if (status < 0) {
            return status;
        }
        boolean fits = state == CONNECTING
                ? auth.reasonCode() == ReasonCode.CONTINUE_AUTHENTICATION
                : auth.reasonCode() != ReasonCode.REAUTHENTICATE;
        if (config.authenticationMethod == null || !fits) {
            return MqttError.UNEXPECTED_PACKET;
        }
        if (!isOwnMethod(auth.properties())) {
            return MqttError.AUTHENTICATION_METHOD;
        }
        if (state == CONNECTING) {
            connectByMs = nowMs + config.connectTimeoutMs;
        }
        listener.onAuth(auth);
        return Status.OK;
    }

    private boolean isOwnMethod(MqttProperties properties) {
        byte[] method = config.authenticationMethod;
        return properties.find(Property.AUTHENTICATION_METHOD)
                && properties.valueLength() == method.length
                && Bytes.equal(properties.buffer(), properties.valueOffset(), method, 0, method.length);
    }

    /** See {@link MqttClient#authenticate}. */
    int authenticate(int reasonCode, byte[] data, int offset, int length) {
        byte[] method = config.authenticationMethod;
        if (method == null) {
            return Status.UNSUPPORTED;
        }
        boolean fits = reasonCode == ReasonCode.CONTINUE_AUTHENTICATION
                ? isOpen()
                : reasonCode == ReasonCode.REAUTHENTICATE && state == CONNECTED;
        if (!fits) {
            return Status.WRONG_STATE;
        }
        // The properties are written close to where they will lie; at most eight octets go before two fields.
        int room = queue.room();
        byte[] out = queue.octets();
        int scratchAt = queue.tail() + 8;
        propertiesWriter.reset(out, scratchAt, room - 8);
        propertiesWriter.put(Property.AUTHENTICATION_METHOD, method, 0, method.length);
        if (length > 0) {
            propertiesWriter.put(Property.AUTHENTICATION_DATA, data, offset, length);
        }
        if (propertiesWriter.status() < 0) {
            return propertiesWriter.status();
        }
        int size = MqttAuth.encode(out, queue.tail(), room, reasonCode, out, scratchAt, propertiesWriter.length());
        if (size < 0) {
            return size;
        }
        if (size > limits.packetSizeMax) {
            return Status.TOO_LARGE;
        }
        queue.commit(size);
        return Status.OK;
    }
}
