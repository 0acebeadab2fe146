package midge.sim.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Brings messages to those who subscribed to them, and keeps the retained ones. */
final class Router {
    private static final String SYS = "$SYS";

    private final BrokerCore core;
    private final TopicTree tree = new TopicTree();
    private final List<Session> receivers = new ArrayList<>();
    private final List<Subscription> sharers = new ArrayList<>();
    private final List<PublishObserver> observers = new ArrayList<>();
    private int sysSubscriptions;

    Router(BrokerCore core) {
        this.core = core;
    }

    void observe(PublishObserver observer) {
        observers.add(observer);
    }

    /** {@return whether clients may not publish to it: the broker's own topics} */
    static boolean isReserved(String topic) {
        return topic.startsWith(SYS + "/") || topic.equals(SYS);
    }

    /**
     * Retains, if asked to, and routes one message of a client. A session gets one copy, however many of its filters match; each share
     * group's member gets one of its own.
     *
     * @return sessions that it went to
     */
    int publish(Message message) {
        for (PublishObserver observer : observers) {
            observer.onPublish(
                    message.publisher, message.topicOctets, message.payload, message.qos, message.retain, core.nowMs);
        }
        if (message.retain) {
            keep(message);
        }
        return route(message);
    }

    /** Retains and routes a message of the broker's own. */
    void publishOwn(Message message) {
        tree.retain(message);
        route(message);
    }

    /** Retains a message of the broker's own without telling anyone. */
    void retainOwn(Message message) {
        tree.retain(message);
    }

    private void keep(Message message) {
        if (message.payload.length == 0) {
            tree.forget(message.topic);
        } else if (tree.retainedCount() < core.config.retainedMax() || tree.hasRetained(message.topic)) {
            tree.retain(message);
        }
    }

    private int route(Message message) {
        tree.match(message.topic, found -> collect(found, message));
        int count = receivers.size() + sharers.size();
        for (Session session : receivers) {
            Delivery delivery = session.routed;
            session.routed = null;
            if (delivery != null) {
                session.deliver(delivery);
            }
        }
        for (Subscription sharer : sharers) {
            sharer.session.deliver(Delivery.to(sharer, message, true));
        }
        receivers.clear();
        sharers.clear();
        return count;
    }

    private void collect(Subscription found, Message message) {
        Session session = found.session;
        if (found.group != null) {
            sharers.add(found);
        } else if (found.noLocal && session.clientId.equals(message.publisher)) {
            return;
        } else if (session.routed == null) {
            session.routed = Delivery.to(found, message, true);
            receivers.add(session);
        } else {
            session.routed.merge(found);
        }
    }

    /**
     * Adds a subscription, in the place of one for the same filter.
     *
     * @return whether it is new
     */
    boolean subscribe(Subscription subscription) {
        Subscription former = subscription.session.subscriptions.put(subscription.filter, subscription);
        tree.subscribe(subscription);
        if (former == null && isOfSys(subscription)) {
            sysSubscriptions++;
        }
        return former == null;
    }

    /**
     * Removes a subscription.
     *
     * @return whether there was one
     */
    boolean unsubscribe(Session session, String filter) {
        Subscription former = session.subscriptions.remove(filter);
        if (former != null) {
            unsubscribed(former);
        }
        return former != null;
    }

    /** Removes what its session has forgotten already. */
    void unsubscribed(Subscription former) {
        tree.unsubscribe(former);
        if (isOfSys(former)) {
            sysSubscriptions--;
        }
    }

    /** Shows the retained messages that a new subscriber of {@code filter} gets. */
    void retained(String filter, Consumer<Message> found) {
        List<String> expired = new ArrayList<>();
        tree.retained(filter, message -> {
            if (message.expired(core.nowMs)) {
                expired.add(message.topic);
            } else {
                found.accept(message);
            }
        });
        expired.forEach(tree::forget);
    }

    /** {@return whether anyone would see a change below $SYS} */
    boolean isSysWatched() {
        return sysSubscriptions > 0;
    }

    static boolean isOfSys(Subscription subscription) {
        return subscription.inner.startsWith(SYS);
    }

    TopicTree tree() {
        return tree;
    }
}
