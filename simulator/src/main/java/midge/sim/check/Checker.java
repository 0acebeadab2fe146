package midge.sim.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches a world and throws a {@link Violation} as soon as its promise is broken. It hears everything that happens, in order, and must
 * not change anything. Override what the promise is about.
 */
public abstract class Checker {
    /** {@return what to throw: it breaks off the run} */
    protected final Violation broken(String what) {
        return new Violation(getClass().getSimpleName(), what);
    }

    /** {@return the promise in one sentence, for people} */
    public abstract String promise();

    /** A device handed a reading to its outbox. */
    public void onPublished(Reading reading) {}

    /** A device was told that a reading is delivered, or gave it up; see {@link Reading#state()}. */
    public void onOutcome(Reading reading) {}

    /**
     * The broker took a message over.
     *
     * @param reading null when no device published this payload
     */
    public void onArrived(String clientId, String topic, String payload, @Nullable Reading reading) {}

    /**
     * A device's application was given a message.
     *
     * @param command null when none with this payload was sent
     */
    public void onHeard(DeviceFacts device, String topic, String payload, @Nullable Command command) {}

    /** A frame was put on air (each resend too), or reached its receiver. */
    public void onFrame(RadioFrame frame) {}

    /** A device lost its power. */
    public void onCrash(DeviceFacts device) {}

    /**
     * A device that keeps its readings has its power back.
     *
     * @param stored payloads of the readings in its outbox, in their order
     */
    public void onRestarted(DeviceFacts device, List<String> stored) {}

    /** The gateway of a device crashed; it goes on from its journal. */
    public void onGatewayCrash(DeviceFacts device) {}

    /** A virtual second has passed. */
    public void onSecond(WorldFacts world) {}

    /** Faults have ended some time ago, all work should be done. */
    public void atEnd(WorldFacts world) {}
}
