package midge.settings;

import java.util.Collection;

/** What somebody who mistyped a name may have meant. */
public final class Suggestion {
    /** {@code retry} for {@code retry_ms} is as near as two wrong letters. */
    private static final int UNIT_FORGOTTEN = 2;

    private Suggestion() {}

    /** {@return {@code ", did you mean X?"} with the nearest of the names, or nothing when none is near} */
    public static String text(String typed, Collection<String> names) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String name : names) {
            int whole = distance(typed, name);
            // The right key in the wrong section is a usual mistake.
            int moved = 1 + distance(key(typed), key(name));
            int distance = Math.min(whole, moved);
            if (key(typed).length() > 2 && key(name).startsWith(key(typed))) {
                distance = Math.min(distance, UNIT_FORGOTTEN);
            }
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return bestDistance <= Math.max(2, key(typed).length() / 3) ? ", did you mean " + best + "?" : "";
    }

    private static String key(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    /** {@return how many letters must be put in, taken out or changed} */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
