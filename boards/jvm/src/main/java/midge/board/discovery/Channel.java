package midge.board.discovery;

/**
 * A value that a device publishes, and perhaps one that can be set.
 *
 * @param part the sensor or actuator that it belongs to, {@code air}
 * @param key what it is in that part, {@code temperature}
 * @param quantity a {@link midge.hal.sense.Quantity}
 * @param stateTopic where its value comes; empty: nowhere
 * @param jsonPath where in a JSON payload it stands, {@code value_json.t}; empty when the payload is the number itself
 * @param commandTopic where it can be set; empty: it cannot
 * @param expireAfterS when a value without successor is no value any more; 0: never
 * @param isDiagnostic whether it tells of the device, not of the world
 */
public record Channel(
        String part,
        String key,
        int quantity,
        String stateTopic,
        String jsonPath,
        String commandTopic,
        int expireAfterS,
        boolean isDiagnostic) {
    /** @return what it is called in people's lists, {@code Air temperature} */
    public String title() {
        String words = (part + " " + key).replace('-', ' ').replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** @return whether it can be set */
    public boolean isSettable() {
        return !commandTopic.isEmpty();
    }
}
