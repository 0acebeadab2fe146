package midge.sim.broker;

import org.jspecify.annotations.Nullable;

/** One filter of one session, with its options (MQTT 5.0 §3.8.3.1). */
final class Subscription {
    final Session session;
    /** As the client gave it, {@code $share/…} included. */
    final String filter;
    /** Share name, null for an ordinary subscription. */
    final @Nullable String group;
    /** What names are matched with: the filter without {@code $share/{name}/}. */
    final String inner;

    final int qos;
    final boolean noLocal;
    final boolean retainAsPublished;
    /** Subscription Identifier, 0 for none. */
    final int id;

    Subscription(
            Session session,
            String filter,
            int shareOctets,
            int qos,
            boolean noLocal,
            boolean retainAsPublished,
            int id) {
        this.session = session;
        this.filter = filter;
        group = shareOctets == 0 ? null : filter.substring(0, shareOctets);
        inner = filter.substring(shareOctets);
        this.qos = qos;
        this.noLocal = noLocal;
        this.retainAsPublished = retainAsPublished;
        this.id = id;
    }
}
