package midge.cli.conform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What came to the broker for one run. */
final class Mailbox {
    private final List<Message> messages = new ArrayList<>();
    private final Set<Message> awaited = new HashSet<>();

    synchronized void put(Message message) {
        messages.add(message);
        notifyAll();
    }

    /** Takes a message out, waiting for it. @return whether it came */
    synchronized boolean await(Message message, int withinMs) {
        long endNs = System.nanoTime() + withinMs * 1_000_000L;
        while (!messages.remove(message)) {
            long leftMs = (endNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        awaited.add(message);
        return true;
    }

    /** {@return what nobody took out} */
    synchronized List<Message> leftovers(boolean withCopiesAtQos0) {
        return messages.stream()
                .filter(message -> withCopiesAtQos0 || message.qos() > 0 || !awaited.contains(message))
                .toList();
    }
}
