package midge.sim.broker;

/** One message on its way to one session. */
final class Delivery {
    /** Waits in the queue. */
    static final int QUEUED = 0;
    /** PUBLISH sent at QoS 1. */
    static final int AWAIT_PUBACK = 1;
    /** PUBLISH sent at QoS 2. */
    static final int AWAIT_PUBREC = 2;
    /** PUBREL sent; the message itself is done with. */
    static final int AWAIT_PUBCOMP = 3;

    private static final int[] NO_IDS = {};

    final Message message;
    int qos;
    boolean retain;
    /** Subscription identifiers to send along, in 5.0. */
    int[] subscriptionIds;

    int stage = QUEUED;

    Delivery(Message message, int qos, boolean retain) {
        this.message = message;
        this.qos = qos;
        this.retain = retain;
        subscriptionIds = NO_IDS;
    }

    /**
     * The message as {@code subscription} is to have it.
     *
     * @param live false for a retained message sent on subscribing
     */
    static Delivery to(Subscription subscription, Message message, boolean live) {
        boolean retain = live ? message.retain && subscription.retainAsPublished : true;
        Delivery delivery = new Delivery(message, Math.min(message.qos, subscription.qos), retain);
        delivery.addId(subscription.id);
        return delivery;
    }

    /** Another filter of the same session matches too: one copy goes out, at the highest QoS, with all identifiers. */
    void merge(Subscription also) {
        qos = Math.max(qos, Math.min(message.qos, also.qos));
        retain |= message.retain && also.retainAsPublished;
        addId(also.id);
    }

    private void addId(int id) {
        if (id != 0) {
            subscriptionIds = java.util.Arrays.copyOf(subscriptionIds, subscriptionIds.length + 1);
            subscriptionIds[subscriptionIds.length - 1] = id;
        }
    }
}
