package midge.sim.signal;

import java.util.ArrayList;
import java.util.List;

/** Values that were recorded: between two of them the line that joins them, before the first and after the last that one. */
public final class Replay implements Signal {
    private final long[] atMs;
    private final int[] values;

    private Replay(long[] atMs, int[] values) {
        this.atMs = atMs;
        this.values = values;
    }

    /**
     * Reads lines of {@code seconds,value}; a first line that begins with a letter, empty lines and such after # are passed over.
     *
     * @param scale by what a value is multiplied to become one of the chip's
     * @throws IllegalArgumentException with the line's number, when it is not of that form, or goes back in time, or there is none
     */
    public static Replay parse(List<String> lines, double scale) {
        List<Long> times = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || (i == 0 && Character.isLetter(line.charAt(0)))) {
                continue;
            }
            String[] fields = line.split("[,;\t]", -1);
            long atMs;
            try {
                atMs = Math.round(Double.parseDouble(fields[0].strip()) * 1_000);
                values.add((int) Math.round(Double.parseDouble(fields[1].strip()) * scale));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("line " + (i + 1) + " is not \"seconds,value\"", e);
            }
            if (atMs < 0 || (!times.isEmpty() && atMs <= times.get(times.size() - 1))) {
                throw new IllegalArgumentException("line " + (i + 1) + ": time does not go forward");
            }
            times.add(atMs);
        }
        if (times.isEmpty()) {
            throw new IllegalArgumentException("there is no value in it");
        }
        return new Replay(
                times.stream().mapToLong(Long::longValue).toArray(),
                values.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public int at(long nowMs) {
        int low = 0;
        int high = atMs.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (atMs[middle] <= nowMs) {
                low = middle;
            } else {
                high = middle;
            }
        }
        if (nowMs <= atMs[low] || low == atMs.length - 1) {
            return values[low];
        }
        double part = (double) (nowMs - atMs[low]) / (atMs[low + 1] - atMs[low]);
        return values[low] + (int) Math.round((values[low + 1] - (double) values[low]) * part);
    }
}
