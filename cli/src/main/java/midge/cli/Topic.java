package midge.cli;

import java.nio.charset.StandardCharsets;
import midge.topic.TopicName;
import midge.wire.Status;

/**
 * What {@code -t} and {@code --topic-type} name.
 *
 * @param name the topic name; empty for a pre-defined id
 * @param id   1..65534 for a pre-defined id, else 0
 */
record Topic(String name, int id) {
    private static final int LARGEST_ID = 65_534;

    static Topic parse(String text, String type) {
        return switch (type) {
            case "name" -> fullName(text);
            case "short" -> shortName(text);
            case "predefined" -> predefined(text);
            default ->
                throw new UserError(
                        ExitCode.USAGE, "unknown topic type '" + type + "': it is name, short or predefined");
        };
    }

    private static Topic fullName(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (TopicName.check(octets, 0, octets.length) != Status.OK) {
            throw new UserError(
                    ExitCode.USAGE,
                    "'" + text + "' is no topic name to publish to: it must not be empty or hold + or #");
        }
        return new Topic(text, 0);
    }

    private static Topic shortName(String text) {
        int octets = text.getBytes(StandardCharsets.UTF_8).length;
        if (octets != 2) {
            throw new UserError(ExitCode.USAGE, "a short topic has exactly two octets, '" + text + "' has " + octets);
        }
        return fullName(text);
    }

    private static Topic predefined(String text) {
        try {
            int id = Integer.parseInt(text);
            if (id >= 1 && id <= LARGEST_ID) {
                return new Topic("", id);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UserError(
                ExitCode.USAGE, "a pre-defined topic is an id in 1.." + LARGEST_ID + ", '" + text + "' is not");
    }

    /** {@return whether a PUBLISH can name it without a topic id from the gateway} */
    boolean needsNoRegistration() {
        return isPredefined() || name.getBytes(StandardCharsets.UTF_8).length == 2;
    }

    boolean isPredefined() {
        return id > 0;
    }

    @Override
    public String toString() {
        return isPredefined() ? "pre-defined " + id : name;
    }
}
