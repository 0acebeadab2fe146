package midge.cli.conform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.cli.e2e.MidgeProgram;
import midge.sim.peer.Program;

/** The gateways of the suite, each a process of {@code ./midge gateway} with a file of settings. */
final class Gateways implements AutoCloseable {
    static final int RETRY_MS = 500;
    static final int RETRY_LIMIT = 4;
    static final int STRANGER_MS = 300;
    static final int OWN_ID = 9;

    private static final int START_MS = 120_000;
    private static final Pattern UDP = Pattern.compile("MQTT-SN on udp://127\\.0\\.0\\.1:(\\d+)");

    private final Map<Site, Program> programs = new EnumMap<>(Site.class);
    private final Map<Site, InetSocketAddress> addresses = new EnumMap<>(Site.class);

    /** @param tags words of all runs, the first being number 1 */
    Gateways(Path folder, String brokerUri, Iterable<String> tags) throws IOException {
        for (Site site : Site.values()) {
            Path file = Files.writeString(folder.resolve(site + ".toml"), settings(site, brokerUri, tags));
            programs.put(site, MidgeProgram.start("gateway", "--config", file.toString()));
        }
        for (Site site : Site.values()) {
            Matcher line = UDP.matcher(programs.get(site).await("MQTT-SN on", START_MS));
            if (!line.find()) {
                throw new AssertionError(
                        "no UDP listener: " + programs.get(site).lines());
            }
            addresses.put(
                    site, new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line.group(1))));
        }
    }

    private static String settings(Site site, String brokerUri, Iterable<String> tags) {
        StringBuilder text =
                new StringBuilder("""
                [gateway]
                listen = ["udp://127.0.0.1:0"]
                [broker]
                uri = "%s"
                [timing]
                retry_ms = %d
                retry_limit = %d
                wait_ms = 1_000
                idle_limit_s = 3
                stranger_ms = %d
                %s
                """.formatted(brokerUri, RETRY_MS, RETRY_LIMIT, STRANGER_MS, site.settings));
        StringBuilder all = new StringBuilder("[topics]\n");
        StringBuilder single = new StringBuilder();
        int number = 0;
        for (String tag : tags) {
            number++;
            all.append(number)
                    .append(" = \"")
                    .append(Scene.predefinedName(number))
                    .append("\"\n");
            single.append("[client.\"%sa\".topics]\n%d = \"%s/own\"\n".formatted(tag, OWN_ID, tag));
        }
        return text.append(all).append(single).toString();
    }

    InetSocketAddress address(Site site) {
        return addresses.get(site);
    }

    /** Ends them in order. @return what they complained of */
    String end() {
        StringBuilder complaints = new StringBuilder();
        programs.forEach((site, program) -> {
            program.signal("INT");
            int exitCode = program.exitCode(30_000);
            if (exitCode != 130 || !program.err().isEmpty()) {
                complaints.append(site).append(" ends with ").append(exitCode).append(": ");
                complaints.append(String.join("\n", program.err())).append('\n');
            }
        });
        return complaints.toString();
    }

    @Override
    public void close() {
        programs.values().forEach(Program::close);
    }
}
