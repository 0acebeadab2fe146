package midge.board.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Who may use a device node. */
public final class Access {
    private Access() {}

    /** {@return whether this user may} */
    public static boolean isUsable(Path node) {
        return Files.isReadable(node) && Files.isWritable(node);
    }

    /** {@return how this user gets to be one of those who may} */
    public static String advice(Path node) {
        return advice(node, System.getProperty("user.name"));
    }

    /** {@return how {@code user} gets to be one of those who may} */
    public static String advice(Path node, String user) {
        try {
            String group = Files.readAttributes(node, PosixFileAttributes.class)
                    .group()
                    .getName();
            return group.equals("root")
                    ? "it belongs to root alone: a udev rule must give it a group"
                    : "sudo usermod -aG " + group + " " + user + ", then log in again";
        } catch (IOException | UnsupportedOperationException e) {
            return "its group cannot be read";
        }
    }
}
