package midge.gateway.app;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import midge.wire.Ranges;
import org.jspecify.annotations.Nullable;

/** What {@code /clients.json} is asked for. Ranges as {@link ClientsJson} has them. */
record ClientsQuery(String filter, int from, int count) {
    private static final int USUAL_COUNT = 100;
    private static final int LONGEST_FILTER = 256;

    /** @throws IllegalArgumentException with what is wrong and what there is */
    static ClientsQuery parse(@Nullable String rawQuery) {
        String filter = "";
        int from = 0;
        int count = USUAL_COUNT;
        for (String pair : rawQuery == null || rawQuery.isEmpty() ? new String[0] : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            switch (equals < 0 ? "" : pair.substring(0, equals)) {
                case "filter" -> filter = value;
                case "from" -> from = Ranges.check("from", number(value), 0, 1_000_000);
                case "count" -> count = Ranges.check("count", number(value), 1, ClientsJson.COUNT_MAX);
                default -> throw new IllegalArgumentException("There is filter, from and count.");
            }
        }
        Ranges.check("letters of filter", filter.length(), 0, LONGEST_FILTER);
        return new ClientsQuery(filter, from, count);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A number must be here, not " + text.length() + " other letters.", e);
        }
    }
}
