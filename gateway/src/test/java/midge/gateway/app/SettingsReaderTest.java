package midge.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.gateway.config.ClientRules;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.Login;
import midge.gateway.net.LinkListener;
import midge.gateway.port.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {
    @TempDir
    Path folder;

    private SettingsReader file(String toml) throws IOException {
        return new SettingsReader().file(Files.writeString(folder.resolve("g.toml"), toml));
    }

    private static List<String> errors(SettingsReader reader) {
        SettingsException e = catchThrowableOfType(SettingsException.class, reader::settings);
        assertThat(e).isNotNull();
        return e.errors();
    }

    /** {@code //} stands for a new line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[gateway]//id = 300                         | :2: gateway.id is 300, must be 0..255",
                "[timing]//retry_ms = 99999999999            | :2: timing.retry_ms is 99999999999, must be 100..60000",
                "[timing]//retry_ms = -99999999999           | :2: timing.retry_ms is -99999999999, must be 100..60000",
                "[timing]//////retry_limit = \"three\"       | :4: timing.retry_limit is \"three\", must be a whole"
                        + " number",
                "[unconnected]//names = 1                    | :2: unconnected.names is 1, must be true or false",
                "[gateway]//listne = []                      | :2: unknown key gateway.listne, did you mean"
                        + " gateway.listen?",
                "[limits]//retry_ms = 5                      | :2: unknown key limits.retry_ms, did you mean"
                        + " timing.retry_ms?",
                "[timing]//retry = 5                         | :2: unknown key timing.retry, did you mean"
                        + " timing.retry_ms?",
                "[borker]//uri = \"mqtt://h\"                | :1: unknown section borker, did you mean broker?",
                "[zebra]//stripes = 1                        | :1: unknown section zebra",
                "broker = 1                                  | :1: broker is 1, must be a section [broker]",
                "[gateway]//listen = []                      | :2: gateway.listen is []: names no listener",
                "[gateway]//listen = [\"tcp://h:1\"]         | expected dtls, udp://host:port",
                "[gateway]//listen = [\"udp://h:70000\"]     | port 70000",
                "[broker]//uri = \"mqtt://u:secret@h\"       | :2: broker.uri is \"mqtt:...@h\"",
                "[broker]//backoff_min_ms = 5                | :2: broker.backoff_min_ms is 5, must be 10..60000",
                "[logging]//level = \"loud\"                 | :2: logging.level is \"loud\": must be one of trace,"
                        + " debug",
                "[http]//address = \"0.0.0.0:80\"            | only a loopback address",
                "[topics]//0 = \"a\"                         | :2: topic 0: predefined topic id is 0, must be 1..65534",
                "[topics]//x = \"a\"                         | :2: topic x is no topic id, must be 1..65534",
                "[client.c1]//topic = 3                      | :2: unknown key client.c1.topic, did you mean topics?",
                "[client.c1.topics]//1 = \"a/#\"             | :2: topic 1: pre-defined topic \"a/#\" is no topic name",
                "[gateway]//id = 1//id = 2                   | :3: ",
                "[broker]//user =                            | :2: ",
            })
    void tellsPlaceValueAndRemedy(String toml, String expected) throws IOException {
        String readable = expected.replace("mqtt:...@", "mqtt://...@");
        String text = toml.strip().replaceAll("(?<!:)//(?!\\.)", "\n");
        assertThat(errors(file(text)))
                .singleElement()
                .asString()
                .contains(readable)
                .doesNotContain("secret");
    }

    @Test
    void tellsAllMistakesAtOnce() throws IOException {
        SettingsReader reader = file("[gateway]\nid = -1\nname = 1\n[limits]\nclients = 0\n");
        assertThat(errors(reader.environment(Map.of("MIDGE_GATEWAY_GATEWAY_LISTNE", "x", "MIDGE_JAVA_OPTS", "x"))))
                .hasSize(4)
                .last()
                .asString()
                .isEqualTo("MIDGE_GATEWAY_GATEWAY_LISTNE sets nothing, did you mean MIDGE_GATEWAY_GATEWAY_LISTEN?");
    }

    @Test
    void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException, SettingsException {
        GatewaySettings settings = file("[timing]\nretry_ms = 1_000\nretry_limit = 5\nwait_ms = 1_000\n")
                .environment(Map.of("MIDGE_GATEWAY_TIMING_RETRY_MS", "2_000", "MIDGE_GATEWAY_TIMING_RETRY_LIMIT", "6"))
                .option("timing.retry_ms", "--retry", 3_000)
                .option("gateway.id", "--gateway-id", null)
                .settings();
        assertThat(settings.config().retryMs()).isEqualTo(3_000);
        assertThat(settings.config().retryLimit()).isEqualTo(6);
        assertThat(settings.config().waitMs()).isEqualTo(1_000);
        assertThat(settings.describe().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "retry_ms = 3000 # --retry",
                        "retry_limit = 6 # MIDGE_GATEWAY_TIMING_RETRY_LIMIT",
                        "wait_ms = 1000 # line 4",
                        "idle_limit_s = 86400 # default");
    }

    @Test
    void readsListsSwitchesAndTextsFromTheEnvironment() throws SettingsException {
        GatewaySettings settings = new SettingsReader()
                .environment(Map.of(
                        "MIDGE_GATEWAY_GATEWAY_LISTEN", "udp://127.0.0.1:1, udp://[::1]:2",
                        "MIDGE_GATEWAY_UNCONNECTED_PUBLISH", "false",
                        "MIDGE_GATEWAY_BROKER_URI", "mqtt://h"))
                .settings();
        assertThat(settings.listeners())
                .extracting(Endpoint::toString)
                .containsExactly("udp://127.0.0.1:1", "udp://[::1]:2");
        assertThat(settings.config().unconnectedPublish()).isFalse();
        assertThat(settings.brokers()).containsExactly(new Endpoint("mqtt", "h", 1883, ""));
        assertThat(errors(new SettingsReader().environment(Map.of("MIDGE_GATEWAY_FORWARDERS_ANY", "maybe"))))
                .containsExactly("MIDGE_GATEWAY_FORWARDERS_ANY is \"maybe\", must be true or false");
    }

    @Test
    void readsTopicsForAllAndForOneClient() throws IOException, SettingsException {
        GatewaySettings settings = file("[topics]\n1 = \"a\"\n2 = \"b\"\n[client.\"x.y\".topics]\n1 = \"own\"\n")
                .topic(2, "c", "--predefined")
                .settings();
        assertThat(settings.config().predefined().name(1))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("a");
        assertThat(settings.config().predefined().name(2))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("c");
        byte[] client = {'x', '.', 'y'};
        assertThat(settings.config().predefined(client).name(1))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("own");
    }

    @Test
    void whatItShowsIsAFileOfTheSameEffect() throws IOException, SettingsException {
        String first = file("[gateway]\nid = 7\n[client.\"a\\\"b\".topics]\n1 = \"o\\\\wn\"\n[topics]\n9 = \"n\"\n")
                .settings()
                .describe();
        String second = file(first).settings().describe();
        assertThat(second.replaceAll(" +# .*", "")).isEqualTo(first.replaceAll(" +# .*", ""));
    }

    @Test
    void theLongestPauseMustNotBeShorterThanTheFirst() throws IOException {
        assertThat(errors(file("[broker]\nbackoff_max_ms = 400\n")))
                .singleElement()
                .asString()
                .endsWith(":2: broker.backoff_max_ms: backoffMsMax is 400, must be 500..3600000");
    }

    @Test
    void isForwardersOnEveryListener() throws IOException, SettingsException {
        GatewaySettings settings = file("[gateway]\nlisten = [\"udp://127.0.0.1:1\", \"udp://127.0.0.1:2\"]\n"
                        + "[forwarders]\naddresses = [\"udp://127.0.0.9:258\"]\n")
                .settings();
        for (int listener = 0; listener < 2; listener++) {
            byte[] address = {127, 0, 0, 9, 1, 2};
            assertThat(settings.config().isForwarder(midge.gateway.port.Peer.of(listener, address)))
                    .isTrue();
            address[5] = 3;
            assertThat(settings.config().isForwarder(midge.gateway.port.Peer.of(listener, address)))
                    .isFalse();
        }
    }

    @Test
    void readsThePasswordAndNeverShowsIt() throws IOException, SettingsException {
        password("rw-r-----");
        GatewaySettings settings =
                file("[broker]\nuser = \"u\"\npassword_file = \"secret\"\n").settings();
        assertThat(settings.config().login(new byte[0]).password())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("top secret word");
        assertThat(settings.describe()).contains("# password = ****").doesNotContain("top secret word");
    }

    @Test
    void findsThePasswordWhereSystemdPutsIt() throws IOException, SettingsException {
        password("rw-------");
        GatewaySettings settings = file("[broker]\nuser = \"u\"\npassword_file = \"${CREDENTIALS_DIRECTORY}/secret\"\n")
                .environment(Map.of("CREDENTIALS_DIRECTORY", folder.toString()))
                .settings();
        assertThat(settings.config().login(new byte[0]).password()).hasSize(15);
    }

    @Test
    void readsWhoLogsInHow() throws IOException, SettingsException {
        Path file = Files.writeString(folder.resolve("logins"), "# comment\n\nsensor-*  ann:a:b\nvalve bob:\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        GatewaySettings settings =
                file("[broker]\ncredentials_file = \"logins\"\n").settings();
        Login ann = settings.config().login("sensor-7".getBytes(StandardCharsets.UTF_8));
        assertThat(ann.userName()).asString().isEqualTo("ann");
        assertThat(ann.password()).asString().isEqualTo("a:b");
        assertThat(settings.config().login(new byte[0]).userName()).isEmpty();
        assertThat(settings.describe()).doesNotContain("a:b");
    }

    @Test
    void tellsTheLineOfALoginThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("logins"), "ok u:p\nsensor-* ann\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(errors(file("[broker]\ncredentials_file = \"logins\"\n")))
                .singleElement()
                .asString()
                .contains("line 2 of ", "is not: client id pattern, space, user:password")
                .doesNotContain("ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri = \"mqtts://h\"                                  | mqtts://h:8883",
                "uri = \"wss://h/mqtt?a=b\"                           | wss://h:443/mqtt?a=b",
                "uri = \"ws://h\"                                     | ws://h:80",
                "uri = \"mqtt://a\"%nfallback = [\"mqtts://[::1]\"] | mqtt://a:1883 mqtts://[::1]:8883",
            })
    void takesBrokersByEachScheme(String lines, String expected) throws SettingsException, IOException {
        GatewaySettings settings =
                file("[broker]\n" + lines.replace("%n", "\n") + "\n").settings();
        assertThat(settings.brokers()).extracting(Endpoint::toString).containsExactly(expected.split(" "));
        assertThat(settings.config().brokers()).isEqualTo(settings.targets().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri = \"mqtts://h\"%ncafile = \"none.pem\"  | cannot read",
                "uri = \"mqtts://h\"%ncert = \"c.pem\"       | needs cert and key, or none of them",
                "uri = \"mqtt://h/path\"                        | has something behind the port",
                "uri = \"http://h\"                             | expected mqtt, mqtts, ws, wss://host:port",
                "fallback = [\"mqtt://\"]                       | is no URI",
            })
    void tellsWhatIsWrongWithABroker(String lines, String expected) throws IOException {
        assertThat(errors(file("[broker]\n" + lines.replace("%n", "\n") + "\n")))
                .singleElement()
                .asString()
                .contains(expected);
    }

    @Test
    void refusesAPasswordThatEverybodyCanRead() throws IOException {
        password("rw-r--r--");
        assertThat(errors(file("[broker]\nuser = \"u\"\npassword_file = \"secret\"\n")))
                .singleElement()
                .asString()
                .contains(":3: broker.password_file: everybody can read", "rw-r--r--", "chmod 600")
                .doesNotContain("top secret word");
    }

    static List<List<String>> passwordMistakes() {
        return List.of(
                List.of("password_file = \"secret\"", "needs broker.user"),
                List.of("user = \"u\"\npassword_file = \"nowhere\"", "there is no password file"),
                List.of("user = \"u\"\npassword_file = \"empty\"", "is empty"),
                List.of("user = \"u\"\npassword_file = \"${NOWHERE}/x\"", "the environment has no NOWHERE"),
                List.of("user = \"u\"\npassword_file = \".\"", "cannot read"));
    }

    @ParameterizedTest
    @MethodSource("passwordMistakes")
    void explainsWhatIsWrongWithAPasswordFile(List<String> mistake) throws IOException {
        password("rw-------");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rw-------"));
        assertThat(errors(file("[broker]\n" + mistake.get(0) + "\n")))
                .singleElement()
                .asString()
                .contains(mistake.get(1));
    }

    static List<List<String>> accessMistakes() {
        return List.of(
                List.of("allow = [\"client\"]", ":2: access.allow holds \"client\", must hold rules like"),
                List.of("allow = [\"netwrok=10.0.0.0/8\"]", "must hold rules like"),
                List.of("allow = [\"network=10.0.0.0/33\"]", "is no network, must be like 192.168.1.0/24"),
                List.of("allow = [\"network=localhost\"]", "is no network"),
                List.of("topics_file = \"nowhere\"", ":2: access.topics_file: there is no topics file"),
                List.of("topics_file = \"rules\"", "line 3 of "),
                List.of("client_rates = 5", "did you mean access.client_rate?"),
                List.of("address_burst = 0", "is 0, must be 1..1000000"));
    }

    @ParameterizedTest
    @MethodSource("accessMistakes")
    void explainsWhatIsWrongWithTheAccessRules(List<String> mistake) throws IOException {
        Files.writeString(folder.resolve("rules"), "# for all\ntopic read a/#\ntopic write a/#/b\n");
        assertThat(errors(file("[access]\n" + mistake.get(0) + "\n")))
                .singleElement()
                .asString()
                .contains(mistake.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "user me, names a user",
        "topic, is not: topic",
        "topics read a, is not: topic",
        "client, is not: topic",
        "'# nothing', has no rule",
    })
    void explainsALineThatIsNoTopicRule(String line, String expected) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules"), line + "\n");
        assertThatThrownBy(() -> TopicRulesFile.read(rules)).hasMessageContaining(expected);
    }

    @Test
    void readsTopicRulesInTheMannerOfMosquitto() throws IOException {
        ClientRules rules = TopicRulesFile.read(Files.writeString(folder.resolve("rules"), """
            topic read all/#
            client lamp-*
            topic own/a b
            topic deny own/secret
            pattern write up/%c/+
            client other
            topic read others
            """))
                .of("lamp-1".getBytes(StandardCharsets.UTF_8));
        assertThat(allowed(rules, "all/x")).isEqualTo("r-");
        assertThat(allowed(rules, "own/a b")).isEqualTo("rw");
        assertThat(allowed(rules, "own/secret")).isEqualTo("--");
        assertThat(allowed(rules, "up/lamp-1/t")).isEqualTo("-w");
        assertThat(allowed(rules, "up/lamp-2/t")).isEqualTo("--");
        assertThat(allowed(rules, "others")).isEqualTo("--");
    }

    private static String allowed(ClientRules rules, String topic) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        return (rules.mayRead(name, 0, name.length) ? "r" : "-") + (rules.mayWrite(name, 0, name.length) ? "w" : "-");
    }

    @Test
    void aMissingFileIsAMistakeToo() {
        assertThat(errors(new SettingsReader().file(folder.resolve("nowhere.toml"))))
                .singleElement()
                .asString()
                .startsWith("there is no configuration file");
    }

    private void password(String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "top secret word\nsecond line\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    /** Links that somebody else opens. */
    private static final LinkCheck LINES = new LinkCheck() {
        @Override
        public Set<String> schemes() {
            return Set.of("line");
        }

        @Override
        public void check(String uri) {
            if (uri.contains("wrong")) {
                throw new IllegalArgumentException("speed is 'wrong'");
            }
        }
    };

    private static SettingsReader listening(LinkCheck links, String... uris) {
        return new SettingsReader(links).option("gateway.listen", "--listen", List.of(uris));
    }

    @Test
    void aLinkOfTheHostsIsAListener() throws SettingsException {
        GatewaySettings settings =
                listening(LINES, "line:///dev/a?speed=1", "udp://127.0.0.1:9").settings();
        assertThat(settings.listeners()).extracting(Endpoint::isLink).containsExactly(true, false);
        assertThat(settings.listeners()).extracting(Endpoint::toString).first().isEqualTo("line:///dev/a?speed=1");
    }

    @Test
    void aWrongLinkOfTheHostsIsExplained() {
        assertThatThrownBy(() -> listening(LINES, "line:///dev/a?speed=wrong").settings())
                .hasMessageContaining("--listen: speed is 'wrong'");
        assertThatThrownBy(() -> listening(LINES, "lien:///dev/a").settings())
                .hasMessageContaining("expected dtls, udp://host:port, or one of line");
        assertThatThrownBy(() -> listening(LinkCheck.NONE, "line:///dev/a").settings())
                .hasMessageContaining("expected dtls, udp://host:port");
    }

    @Test
    void theOtherEndOfALinkMayBeAForwarder() throws SettingsException {
        SettingsReader reader = listening(LINES, "udp://127.0.0.1:9", "line:///dev/a");
        GatewayConfig config = reader.option("forwarders.addresses", "--forwarder", List.of("line:///dev/a"))
                .settings()
                .config();
        assertThat(config.isForwarder(Peer.of(1, LinkListener.otherEnd()))).isTrue();
        assertThat(config.isForwarder(Peer.of(0, LinkListener.otherEnd()))).isFalse();
        assertThatThrownBy(() -> reader.option("forwarders.addresses", "--forwarder", List.of("line:///dev/b"))
                        .settings())
                .hasMessageContaining("line:///dev/b is none of gateway.listen");
    }
}
