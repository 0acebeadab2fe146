package midge.cli.conform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The suite as tables of Markdown. */
final class Report {
    private Report() {}

    /** {@return the cases alone} */
    static String list(List<Case> cases) {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Case one : cases) {
            if (!one.group().equals(group)) {
                group = one.group();
                text.append("\n## ").append(group).append("\n\n| case | rule |\n|---|---|\n");
            }
            text.append("| ")
                    .append(one.words())
                    .append(" | ")
                    .append(one.rule().value())
                    .append(" |\n");
        }
        for (Way way : Way.values()) {
            text.append(left(way, cases));
        }
        return text.toString();
    }

    /** {@return the cases that are not run this way, and why} */
    private static String left(Way way, List<Case> cases) {
        List<Case> left = cases.stream()
                .filter(one -> !way.obstacle(one.rule()).isEmpty())
                .toList();
        if (left.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n## Not " + left(way) + ": " + left.size() + " of " + cases.size());
        text.append("\n\n| case | because |\n|---|---|\n");
        left.forEach(
                one -> text.append("| %s: %s | %s |\n".formatted(one.group(), one.words(), way.obstacle(one.rule()))));
        return text.toString();
    }

    private static String left(Way way) {
        return way == Way.DTLS ? "over DTLS" : way.words;
    }

    /** {@return the cases with what became of them in each weather} */
    static String results(List<Case> cases, List<Run> runs) {
        Set<String> columns = new LinkedHashSet<>();
        runs.forEach(run -> columns.add(run.column()));
        StringBuilder text = new StringBuilder("| group | case | rule |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|---|---|").append("---|".repeat(columns.size())).append('\n');
        for (Case one : cases) {
            text.append("| %s | %s | %s |"
                    .formatted(one.group(), one.words(), one.rule().value()));
            for (String column : columns) {
                text.append(' ').append(result(one, column, runs)).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String result(Case one, String column, List<Run> runs) {
        return runs.stream()
                .filter(run -> run.what() == one && run.column().equals(column))
                .map(run -> run.result().isCompletedExceptionally() ? "**fails**" : "holds")
                .findFirst()
                .orElse("-");
    }
}
