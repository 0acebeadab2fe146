package midge.sim.broker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions and all retained messages, by topic level; so that a publication touches only what matches it. Filters and names must
 * be valid and have at most {@link #LEVELS_MAX} levels.
 *
 * <p>Whatever is walked is walked in an order that depends on the history only, so that simulations repeat.
 */
final class TopicTree {
    /** A name with more levels is refused: the walk recurses once for each. */
    static final int LEVELS_MAX = 200;

    private static final String ONE_LEVEL = "+";
    private static final String ALL_LEVELS = "#";

    private static final class Node {
        final @Nullable Node parent;
        final String level;

        @Nullable
        Map<String, Node> children;

        @Nullable
        Map<Session, Subscription> subscriptions;

        @Nullable
        Map<String, SharedGroup> groups;

        @Nullable
        Message retained;

        Node(@Nullable Node parent, String level) {
            this.parent = parent;
            this.level = level;
        }

        @Nullable
        Node child(String name) {
            return children == null ? null : children.get(name);
        }

        boolean isEmpty() {
            return retained == null && isEmpty(children) && isEmpty(subscriptions) && isEmpty(groups);
        }

        private static boolean isEmpty(@Nullable Map<?, ?> map) {
            return map == null || map.isEmpty();
        }
    }

    private final Node root = new Node(null, "");
    private int retainedCount;
    private int subscriptionCount;

    /** {@return levels of a filter or name} */
    static int levels(String topic) {
        int levels = 1;
        for (int at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) {
            levels++;
        }
        return levels;
    }

    /** Adds a subscription, or puts it in the place of the one that its session has for the same filter. */
    void subscribe(Subscription subscription) {
        Node node = grow(subscription.inner);
        subscriptionCount++;
        if (subscription.group == null) {
            if (node.subscriptions == null) {
                node.subscriptions = new LinkedHashMap<>(2);
            }
            if (node.subscriptions.put(subscription.session, subscription) != null) {
                subscriptionCount--;
            }
            return;
        }
        if (node.groups == null) {
            node.groups = new LinkedHashMap<>(2);
        }
        node.groups
                .computeIfAbsent(subscription.group, name -> new SharedGroup())
                .put(subscription);
    }

    /** Removes a subscription that {@link #subscribe} has added. */
    void unsubscribe(Subscription subscription) {
        Node node = find(subscription.inner);
        if (node == null) {
            return;
        }
        subscriptionCount--;
        if (subscription.group == null) {
            if (node.subscriptions != null) {
                node.subscriptions.remove(subscription.session);
            }
        } else if (node.groups != null) {
            SharedGroup group = node.groups.get(subscription.group);
            if (group != null) {
                group.remove(subscription.session);
                if (group.isEmpty()) {
                    node.groups.remove(subscription.group);
                }
            }
        }
        prune(node);
    }

    /** Shows every subscription that gets a message to {@code topic}; of each share group, the member whose turn it is. */
    void match(String topic, Consumer<Subscription> found) {
        boolean hidden = topic.startsWith("$");
        match(root, topic, 0, hidden, found);
    }

    private static void match(Node node, String topic, int at, boolean hidden, Consumer<Subscription> found) {
        if (at > topic.length()) {
            show(node, found);
            show(node.child(ALL_LEVELS), found); // "a/#" matches "a" too
            return;
        }
        if (node.children == null) {
            return;
        }
        int slash = topic.indexOf('/', at);
        int end = slash < 0 ? topic.length() : slash;
        Node exact = node.children.get(topic.substring(at, end));
        if (exact != null) {
            match(exact, topic, end + 1, false, found);
        }
        if (hidden) {
            return; // a wildcard at the start does not match what begins with $ [5: 4.7.2-1]
        }
        Node any = node.children.get(ONE_LEVEL);
        if (any != null) {
            match(any, topic, end + 1, false, found);
        }
        show(node.children.get(ALL_LEVELS), found);
    }

    private static void show(@Nullable Node node, Consumer<Subscription> found) {
        if (node == null) {
            return;
        }
        if (node.subscriptions != null) {
            node.subscriptions.values().forEach(found);
        }
        if (node.groups != null) {
            node.groups.values().forEach(group -> found.accept(group.choose()));
        }
    }

    /** Keeps {@code message} as the retained one of its topic. */
    void retain(Message message) {
        Node node = grow(message.topic);
        retainedCount += node.retained == null ? 1 : 0;
        node.retained = message;
    }

    /** Forgets the retained message of {@code topic}, if any. */
    void forget(String topic) {
        Node node = find(topic);
        if (node != null && node.retained != null) {
            node.retained = null;
            retainedCount--;
            prune(node);
        }
    }

    /** {@return whether {@code topic} has a retained message} */
    boolean hasRetained(String topic) {
        Node node = find(topic);
        return node != null && node.retained != null;
    }

    /** Shows every retained message whose topic {@code filter} (a plain one) matches. */
    void retained(String filter, Consumer<Message> found) {
        retained(root, filter, 0, found);
    }

    private static void retained(Node node, String filter, int at, Consumer<Message> found) {
        if (at > filter.length()) {
            showRetained(node, found);
            return;
        }
        int slash = filter.indexOf('/', at);
        int end = slash < 0 ? filter.length() : slash;
        String level = filter.substring(at, end);
        if (level.equals(ALL_LEVELS)) {
            everything(node, at == 0, found);
        } else if (!level.equals(ONE_LEVEL)) {
            Node child = node.child(level);
            if (child != null) {
                retained(child, filter, end + 1, found);
            }
        } else if (node.children != null) {
            for (Node child : node.children.values()) {
                if (at > 0 || !child.level.startsWith("$")) {
                    retained(child, filter, end + 1, found);
                }
            }
        }
    }

    private static void everything(Node node, boolean top, Consumer<Message> found) {
        showRetained(node, found);
        if (node.children == null) {
            return;
        }
        for (Node child : node.children.values()) {
            if (!top || !child.level.startsWith("$")) {
                everything(child, false, found);
            }
        }
    }

    private static void showRetained(Node node, Consumer<Message> found) {
        if (node.retained != null) {
            found.accept(node.retained);
        }
    }

    /** {@return retained messages kept} */
    int retainedCount() {
        return retainedCount;
    }

    /** {@return subscriptions of all sessions} */
    int subscriptionCount() {
        return subscriptionCount;
    }

    /** {@return whether nothing is left in it, not even an empty level} */
    boolean isEmpty() {
        return root.isEmpty();
    }

    private Node grow(String path) {
        Node node = root;
        int at = 0;
        while (at <= path.length()) {
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            String level = path.substring(at, end);
            Node parent = node;
            if (parent.children == null) {
                parent.children = new HashMap<>(4);
            }
            node = parent.children.computeIfAbsent(level, name -> new Node(parent, name));
            at = end + 1;
        }
        return node;
    }

    private @Nullable Node find(String path) {
        Node node = root;
        int at = 0;
        while (node != null && at <= path.length()) {
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            node = node.child(path.substring(at, end));
            at = end + 1;
        }
        return node;
    }

    private static void prune(Node from) {
        Node node = from;
        while (node.parent != null && node.isEmpty()) {
            Node parent = node.parent;
            if (parent.children != null) {
                parent.children.remove(node.level);
            }
            node = parent;
        }
    }
}
