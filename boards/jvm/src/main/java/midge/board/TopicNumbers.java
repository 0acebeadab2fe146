package midge.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.ReadingSink;

/**
 * The numbers of a device's topics. An outbox on storage holds numbers, and outlives changes of the device: beside it a file keeps which
 * topic had which, so that a message that waits goes to the topic that it was made for.
 */
final class TopicNumbers {
    private static final String RETAINED = "retained ";
    private static final String PASSING = "passing ";

    private final List<String> lines = new ArrayList<>();

    /** @param folder of the outbox; numbers of earlier lives are taken from there */
    static TopicNumbers in(Path folder) throws IOException {
        TopicNumbers numbers = new TopicNumbers();
        Path file = file(folder);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(RETAINED) || line.startsWith(PASSING)) {
                    numbers.lines.add(line);
                }
            }
        }
        return numbers;
    }

    private static Path file(Path folder) {
        return folder.resolve("topics");
    }

    /** Forgets the topics of earlier lives: nothing waits for them. */
    void clear() {
        lines.clear();
    }

    /** {@return the topic's number, the one that it had} */
    int number(String topic, boolean retained) {
        String line = (retained ? RETAINED : PASSING) + topic;
        int known = lines.indexOf(line);
        if (known >= 0) {
            return known;
        }
        lines.add(line);
        return lines.size() - 1;
    }

    boolean isFull() {
        return lines.size() > ReadingSink.MAX_TOPICS;
    }

    /** Keeps the numbers for the next life. */
    void save(Path folder) throws IOException {
        Path fresh = folder.resolve("topics.new");
        Files.write(fresh, lines);
        Files.move(fresh, file(folder), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    List<String> names() {
        return lines.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    PublishTopics topics() {
        PublishTopics.Builder topics = new PublishTopics.Builder();
        for (String line : lines) {
            String name = line.substring(line.indexOf(' ') + 1);
            topics.add(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), line.startsWith(RETAINED));
        }
        return topics.build();
    }
}
