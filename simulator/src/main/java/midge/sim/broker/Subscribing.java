package midge.sim.broker;

import java.util.ArrayList;
import java.util.List;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.topic.TopicFilter;
import midge.wire.Status;

/** SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0 §3.8 to §3.11). */
final class Subscribing {
    private static final int QOS = 0x03;

    private Subscribing() {}

    static int onSubscribe(Connection connection, Session session, byte[] octets, int offset, int length) {
        BrokerCore core = connection.core;
        MqttSubscribe subscribe = core.codecs.subscribe;
        int status = subscribe.wrap(octets, offset, length, connection.version());
        if (status < 0) {
            return status;
        }
        int id = (int) subscribe.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0);
        byte[] codes = new byte[subscribe.count()];
        List<Subscription> wantRetained = new ArrayList<>();
        for (int i = 0; subscribe.next(); i++) {
            int options = connection.version() < MqttVersion.V5 ? subscribe.options() & QOS : subscribe.options();
            Subscription subscription = new Subscription(
                    session,
                    Message.key(octets, subscribe.filterOffset(), subscribe.filterLength()),
                    TopicFilter.innerOffset(octets, subscribe.filterOffset(), subscribe.filterLength()),
                    options & QOS,
                    (options & MqttSubscribe.NO_LOCAL) != 0,
                    (options & MqttSubscribe.RETAIN_AS_PUBLISHED) != 0,
                    id);
            codes[i] = (byte) add(core, session, connection.version(), subscription, options, wantRetained);
        }
        core.writer.suback(connection.id, connection.version(), subscribe.packetId(), codes, codes.length);
        wantRetained.forEach(subscription -> sendRetained(core, subscription));
        return Status.OK;
    }

    /** {@return the code for SUBACK} */
    private static int add(
            BrokerCore core,
            Session session,
            int version,
            Subscription subscription,
            int options,
            List<Subscription> wantRetained) {
        boolean full = session.subscriptions.size() >= core.config.subscriptionsMax()
                && !session.subscriptions.containsKey(subscription.filter);
        if (full || TopicTree.levels(subscription.filter) > TopicTree.LEVELS_MAX) {
            int reason = full ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.TOPIC_FILTER_INVALID;
            return version < MqttVersion.V5 ? ReasonCode.UNSPECIFIED_ERROR : reason;
        }
        boolean isNew = core.router.subscribe(subscription);
        boolean wanted =
                (options & MqttSubscribe.RETAIN_NEVER) == 0 && (isNew || (options & MqttSubscribe.RETAIN_IF_NEW) == 0);
        if (wanted && subscription.group == null) {
            wantRetained.add(subscription);
        }
        return subscription.qos;
    }

    private static void sendRetained(BrokerCore core, Subscription subscription) {
        if (Router.isOfSys(subscription)) {
            SysTopics.refresh(core, false);
        }
        List<Message> found = new ArrayList<>();
        core.router.retained(subscription.inner, found::add);
        for (Message message : found) {
            subscription.session.deliver(Delivery.to(subscription, message, false));
        }
    }

    static int onUnsubscribe(Connection connection, Session session, byte[] octets, int offset, int length) {
        BrokerCore core = connection.core;
        MqttUnsubscribe unsubscribe = core.codecs.unsubscribe;
        int status = unsubscribe.wrap(octets, offset, length, connection.version());
        if (status < 0) {
            return status;
        }
        byte[] codes = new byte[unsubscribe.count()];
        for (int i = 0; unsubscribe.next(); i++) {
            String filter = Message.key(octets, unsubscribe.filterOffset(), unsubscribe.filterLength());
            boolean existed = core.router.unsubscribe(session, filter);
            codes[i] = (byte) (existed ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
        }
        core.writer.unsuback(connection.id, connection.version(), unsubscribe.packetId(), codes, codes.length);
        return Status.OK;
    }
}
