package midge.bench.throughput;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command line of {@link Throughput}. */
final class Options {
    static final String HELP = """
            usage: java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' midge.bench.throughput.Throughput [OPTION ...]
              --quick               a tenth of the messages, once: does it work? Its figures mean little
              --clients A,B         of midge, libmosquitto, hivemq, paho, vertx; default all
              --qos 0,1             default 0,1,2
              --directions D        publish, receive or both, default publish,receive
              --repetitions N       default 3; clients take turns, figures are medians
              --messages N          default 300000, after a warm-up of a third of that
              --readme FILE         put the table into this file between its two markers""";

    List<String> clients = List.of("midge", "libmosquitto", "hivemq", "paho", "vertx");
    List<Integer> qos = List.of(0, 1, 2);
    List<String> directions = List.of("publish", "receive");
    int repetitions = 3;
    int messages = 300_000;

    @Nullable
    Path readme;

    /** @throws IllegalArgumentException with what is wrong */
    Options(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--quick")) {
                repetitions = 1;
                messages = 30_000;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + " is unknown or lacks its value");
            }
            set(option, arguments[++i]);
        }
    }

    private void set(String option, String value) {
        switch (option) {
            case "--clients" -> clients = among(value, clients);
            case "--qos" ->
                qos = among(value, List.of("0", "1", "2")).stream()
                        .map(Integer::valueOf)
                        .toList();
            case "--directions" -> directions = among(value, directions);
            case "--repetitions" -> repetitions = Integer.parseInt(value);
            case "--messages" -> messages = Integer.parseInt(value);
            case "--readme" -> readme = Path.of(value);
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
    }

    private static List<String> among(String value, List<String> known) {
        List<String> chosen = Stream.of(value.split(",")).toList();
        for (String one : chosen) {
            if (!known.contains(one)) {
                throw new IllegalArgumentException("'" + one + "' is none of " + String.join(", ", known));
            }
        }
        return chosen;
    }

    int warmUp() {
        return messages / 3;
    }
}
