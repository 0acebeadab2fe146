package midge.sim.broker;

import java.util.ArrayList;
import java.util.List;

/** The members of one shared subscription: each message goes to one of them, in turn (MQTT 5.0 §4.8.2). */
final class SharedGroup {
    private final List<Subscription> members = new ArrayList<>();
    private int cursor;

    void put(Subscription subscription) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).session == subscription.session) {
                members.set(i, subscription);
                return;
            }
        }
        members.add(subscription);
    }

    void remove(Session session) {
        members.removeIf(member -> member.session == session);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** {@return the next member, one that can take it at once if there is such a member} */
    Subscription choose() {
        for (int i = 0; i < members.size(); i++) {
            Subscription candidate = members.get((cursor + i) % members.size());
            if (candidate.session.isReady()) {
                cursor = (cursor + i + 1) % members.size();
                return candidate;
            }
        }
        cursor = (cursor + 1) % members.size();
        return members.get(cursor);
    }
}
