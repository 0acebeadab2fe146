package midge.board.discovery;

/**
 * A retained message that a device publishes about itself.
 *
 * @param topic without wildcards
 * @param payload text
 */
public record Announcement(String topic, String payload) {}
