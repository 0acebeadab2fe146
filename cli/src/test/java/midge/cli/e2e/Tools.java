package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import midge.cli.MidgeHere;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** Mosquitto's own clients and Midge's, all pointed at one broker. A command line's words are separated by blanks. */
final class Tools {
    static final int PATIENCE_MS = 30_000;

    private final Mosquitto broker;

    Tools(Mosquitto broker) {
        this.broker = broker;
    }

    /** Starts mosquitto_sub and returns when the broker has its subscription to {@code filter} at {@code qos}. */
    Program mosquittoSub(String filter, int qos, String... more) {
        List<String> command =
                new ArrayList<>(List.of("stdbuf", "-oL", Peers.require("mosquitto_sub", "mosquitto-clients")));
        command.addAll(List.of("-h", "127.0.0.1", "-p", "" + broker.port(), "-t", filter, "-q", "" + qos));
        command.addAll(Arrays.asList(more));
        Program sub = Program.start(command);
        broker.awaitSubscription(filter, qos);
        return sub;
    }

    /** Runs mosquitto_pub to its good end. */
    void mosquittoPub(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Peers.require("mosquitto_pub", "mosquitto-clients")));
        command.addAll(List.of("-h", "127.0.0.1", "-p", "" + broker.port()));
        command.addAll(Arrays.asList(arguments));
        try (Program pub = Program.start(command)) {
            assertThat(pub.exitCode(PATIENCE_MS))
                    .as(() -> command + " " + pub.lines())
                    .isZero();
        }
    }

    /** Starts {@code midge sub} and returns when the broker has its subscription to {@code filter} at {@code qos}. */
    MidgeHere sub(String filter, int qos, String... more) {
        MidgeHere sub = midge("sub", more, "-t", filter, "-q", "" + qos, "-W", "60");
        broker.awaitSubscription(filter, qos);
        return sub;
    }

    /** Runs {@code midge sub} to its end, which must be good. @return what it printed */
    List<String> subbed(String... arguments) {
        MidgeHere sub = midge("sub", arguments, "-W", "60");
        assertThat(sub.exitCode(PATIENCE_MS)).as(sub::toString).isZero();
        return sub.out();
    }

    /** Runs {@code midge pub} to its end, which must be good and silent. */
    void pub(String... arguments) {
        MidgeHere pub = midge("pub", arguments);
        assertThat(pub.exitCode(PATIENCE_MS)).as(pub::toString).isZero();
        assertThat(pub.octets()).isEmpty();
        assertThat(pub.err()).isEmpty();
    }

    /** Starts a command of {@code midge} at this broker. */
    MidgeHere midge(String command, String[] arguments, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "-h", "127.0.0.1", "-p", "" + broker.port()));
        words.addAll(Arrays.asList(arguments));
        words.addAll(Arrays.asList(more));
        return MidgeHere.start(words.toArray(String[]::new));
    }
}
