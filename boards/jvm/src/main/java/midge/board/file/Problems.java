package midge.board.file;

import java.util.ArrayList;
import java.util.List;

/** A device file that cannot be used. */
public final class Problems extends Exception {
    private final List<String> lines;

    Problems(List<String> lines) {
        super(lines.get(0));
        this.lines = List.copyOf(lines);
    }

    /** @return one line for each mistake, with its place and what would be right */
    public List<String> lines() {
        return lines;
    }

    /** Collects mistakes, so that all can be told at once. */
    static final class Collector {
        private final List<String> lines = new ArrayList<>();

        void add(String line) {
            lines.add(line);
        }

        boolean isEmpty() {
            return lines.isEmpty();
        }

        Problems problems() {
            return new Problems(lines);
        }
    }
}
