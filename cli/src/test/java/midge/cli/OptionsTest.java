package midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong or missing option is one line on standard error, and nothing is sent to anybody. */
class OptionsTest {
    private static final int PATIENCE_MS = 30_000;

    @ParameterizedTest
    @CsvSource({
        "--proxy socks5h://p,     forward a port in its place",
        "--unix /run/m.sock,      'name the broker by -h, -p or -L'",
        "-S,                      there is no look-up of SRV records",
        "--ciphers AES,           --tls-version narrows it",
        "--keyform pem,           keys are read from PEM files",
        "--tls-engine tpm2,       keys are read from PEM files",
        "--tls-engine-kpass-sha1 0a, keys are read from PEM files",
    })
    void whatMosquittoHasAndMidgeHasNotIsRefusedByName(String option, String expected) {
        String name = option.split(" ")[0];
        for (String command : new String[] {"pub -t a -m x ", "sub -t a "}) {
            assertThat(mistake(command + option))
                    .startsWith("midge: " + name + " is not supported: ")
                    .contains(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--pretty", "--random-filter 50"})
    void whatMosquittoSubHasAndMidgeHasNotIsRefusedByName(String option) {
        assertThat(mistake("sub -t a " + option)).contains(option.split(" ")[0] + " is not supported: ");
        assertThat(mistake("pub -t a -m x " + option))
                .contains("Unknown option")
                .contains("'" + option.split(" ")[0] + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pub -t a -m x -D auth user-property a b        | -D auth user-property is not supported",
                "pub -t a -m x -D PUBACK user-property a b      | -D puback user-property is not supported",
                "pub -t a -m x -D connect authentication-method a | -D connect authentication-method is not supported",
                "pub -t a -m x -D pingreq user-property a b     | it is connect, will, publish, subscribe,",
                "pub -t a -m x -D publish session-expiry-interval 1 | has no property 'session-expiry-interval'",
                "pub -t a -m x -D publish message-expiry-interval x | is 'x', must be a number",
                "pub -t a -m x -D publish payload-format-indicator 2 | -D publish: a value is out of range",
                "pub -t a -m x -D publish content-type          | -D takes PACKET NAME VALUE",
                "pub -t a -m x -D publish topic-alias 2         | topic-alias is 1 here",
                "pub -t a -m x -V 311 -D publish content-type a | -D needs -V mqttv5",
                "pub -t a -m x -V 4                             | -V is '4', must be mqttv31, mqttv311 or mqttv5",
                "pub -t a -m x -x 5                             | -x needs -V mqttv5",
                "pub -t a -m x -V 5 -x -2                       | sessionExpiryS must be 0..4294967295",
                "pub -t a -m x -P secret                        | -P needs -u before MQTT 5",
                "pub -t a -m x -u u -P p --password-file f      | -P and --password-file exclude each other",
                "pub -t a -m x -u u --password-file nowhere     | there is no password file nowhere",
                "pub -t a -m x -i a -I b                        | -i and -I exclude each other",
                "pub -t a -m x -k 4                             | -k is 4, must be 5..65535",
                "pub -t a -m x -A no-such-host.invalid          | -A: no address is known for 'no-such-host.invalid'",
                "pub -t a -m x -A 127.0.0.1 -L ws://h           | -A is not supported with ws:// and wss://",
                "pub -t a -m x --max-packet 100                 | --max-packet is 100, must be 1024..268435460 octets",
                "pub -t a -m x --repeat 0                       | --repeat is 1 or more",
                "pub -t a -m x --repeat-delay -1                | --repeat-delay not below 0",
                "pub -t a -l --repeat 2                         | --repeat means nothing with -l",
                "pub -t a -m x --will-payload x                 | need --will-topic",
                "pub -t a -m x --will-topic w --will-qos 3      | --will-qos is 3, must be 0, 1 or 2",
                "pub -t a -m x --will-topic w/#                 | will topic is not a topic name",
                "pub -t a -m x -L mqtt://h -p 1                 | leave out -h and -p",
                "pub -t a -m x -L http://h                      | expected mqtt://host:port or",
                "pub -t a -m x -L mqtt://h --cafile f           | the options for TLS need mqtts:// or wss://",
                "pub -t a -m x -L wss://h --tls-alpn mqtt       | --tls-alpn means nothing with wss://",
                "pub -m x -L ws://h/mqtt                        | Missing required option: '--topic=TOPIC'",
                "pub -t a -m x --cert c                         | --cert and --key go together",
                "pub -t a -m x --cafile nowhere                 | there is no file nowhere",
                "pub -t a -m x --capath nowhere                 | there is no file nowhere",
                "pub -t a -m x --tls-version tlsv1.1            | must be TLSv1.2 or TLSv1.3",
                "sub -t a --retain-as-published                 | --retain-as-published needs -V mqttv5",
                "sub -t a -F %Z                                 | after % stands one of %tplqrmxXUIjJACDEFPRS",
                "sub -t a -F %5j                                | %j takes no width",
                "sub -t a -F %                                  | a letter must stand after %",
                "sub -t a -F @q                                 | after @ stands one of",
                "sub -t a -U b#                                 | 'b#' is no topic filter",
                "sub -t $share/g                                | is no shared subscription: $share/GROUP/FILTER",
                "sub -t a -c                                    | -c needs -i",
                "sub -t a -x 5                                  | -x needs -V mqttv5",
            })
    void aWrongOptionIsExplained(String line, String expected) {
        assertThat(mistake(line)).startsWith("midge: ").contains(expected);
    }

    @Test
    void aSecretThatEverybodyCanReadIsRefused(@TempDir Path folder) throws IOException {
        for (String option : new String[] {"-u u --password-file ", "--cert c --key "}) {
            Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(mistake("pub -t a -m x " + option + secret))
                    .startsWith("midge: everybody can read the ")
                    .contains("rw-r--r--", "chmod 600 " + secret);
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
            assertThat(MidgeHere.words("pub -p 1 -t a -m x " + option + secret).toString())
                    .doesNotContain("everybody");
        }
    }

    @Test
    void quietSaysNothingAtAll() {
        MidgeHere midge = MidgeHere.words("pub -t a -m x -h 127.0.0.1 -p 1 --quiet");
        assertThat(midge.exitCode(PATIENCE_MS)).isEqualTo(3);
        assertThat(midge.err()).isEmpty();
    }

    private static String mistake(String line) {
        MidgeHere midge = MidgeHere.words(line);
        assertThat(midge.exitCode(PATIENCE_MS)).as(midge::toString).isEqualTo(2);
        assertThat(midge.out()).isEmpty();
        assertThat(midge.err()).hasSizeLessThanOrEqualTo(2);
        return midge.err().get(0);
    }
}
