package midge.cli.conform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import midge.cli.e2e.MidgeProgram;
import midge.sim.peer.Program;

/** The gateways of the suite, each a process of {@code ./midge gateway} with a file of settings. */
final class Gateways implements AutoCloseable {
    static final int RETRY_MS = 500;
    static final int RETRY_LIMIT = 8;
    static final int STRANGER_MS = 300;
    static final int OWN_ID = 9;
    /** Ends a client id that the broker refuses. */
    static final String REFUSED = "-refused";
    /** A topic level that the broker refuses to let anybody subscribe to. */
    static final String DENIED = "denied";

    private static final int START_MS = 120_000;
    private static final Pattern EXPECTED =
            Pattern.compile("the broker said (CONNACK to \\S+" + REFUSED + "|SUBACK to .+):");
    private static final Pattern UDP = Pattern.compile("udp://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern DTLS = Pattern.compile("dtls://127\\.0\\.0\\.1:(\\d+)");

    private final Map<Site, Program> programs = new EnumMap<>(Site.class);
    private final Map<Site, InetSocketAddress> addresses = new EnumMap<>(Site.class);
    private final Map<Site, InetSocketAddress> dtls = new EnumMap<>(Site.class);
    private final Upstream upstream;

    /** @param tags words of all runs, the first being number 1 */
    Gateways(Path folder, Upstream upstream, String brokerUri, String frailUri, List<String> tags) throws IOException {
        this.upstream = upstream;
        secret(folder.resolve("logins"), "*" + REFUSED + " nobody:knows\n");
        secret(folder.resolve("keys"), keys(tags));
        for (Site site : Site.values()) {
            if (upstream.has(site)) {
                String uri = site == Site.FRAIL ? frailUri : brokerUri;
                Path file = folder.resolve(site + "-" + upstream + ".toml");
                Files.writeString(file, settings(site, uri, tags));
                programs.put(site, MidgeProgram.start("gateway", "--config", file.toString()));
            }
        }
        programs.forEach((site, program) -> {
            String line = program.await("MQTT-SN on", START_MS);
            addresses.put(site, address(UDP, line));
            dtls.put(site, address(DTLS, line));
        });
    }

    private static void secret(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String keys(List<String> tags) {
        return tags.stream().map(tag -> tag + ":" + DtlsWire.KEY + "\n").collect(Collectors.joining());
    }

    private static InetSocketAddress address(Pattern listener, String line) {
        Matcher matcher = listener.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("no such listener: " + line);
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(1)));
    }

    private String settings(Site site, String brokerUri, Iterable<String> tags) {
        StringBuilder text = new StringBuilder("""
                [gateway]
                listen = ["udp://127.0.0.1:0", "dtls://127.0.0.1:0"]
                [dtls]
                psk_file = "keys"
                bind = ["* %%i*"]
                [broker]
                %s
                uri = "%s"
                credentials_file = "logins"
                backoff_min_ms = 50
                backoff_max_ms = 200
                [timing]
                retry_ms = %d
                retry_limit = %d
                wait_ms = 1_000
                idle_limit_s = 3
                stranger_ms = %d
                %s
                client_id = "unconnected-%s-%s"
                """.formatted(
                        upstream.settings,
                        brokerUri,
                        RETRY_MS,
                        RETRY_LIMIT,
                        STRANGER_MS,
                        site.settings.strip(),
                        site,
                        upstream));
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

    /** {@return a new way to the gateway of the case, for devices whose names begin with the tag} */
    Wire open(Way way, Site site, String tag) throws IOException {
        return way == Way.DTLS ? new DtlsWire(dtls.get(site), tag) : new UdpWire(addresses.get(site));
    }

    /** Ends them in order. @return what they complained of, beyond what the broker is to refuse */
    String end() {
        StringBuilder complaints = new StringBuilder();
        programs.forEach((site, program) -> {
            program.signal("INT");
            int exitCode = program.exitCode(30_000);
            List<String> said = program.err().stream()
                    .filter(line -> !EXPECTED.matcher(line).find())
                    .toList();
            if (exitCode != 130 || !said.isEmpty()) {
                complaints.append(
                        site + " " + upstream + " ends with " + exitCode + ": " + String.join("\n", said) + "\n");
            }
        });
        return complaints.toString();
    }

    @Override
    public void close() {
        programs.values().forEach(Program::close);
    }
}
