package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** Makes authorities and certificates with openssl, for one test run only. */
final class Certificates {
    private final Path folder;
    private final String openssl = Peers.require("openssl", "openssl");

    Certificates(Path folder) {
        this.folder = folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Makes {@code NAME.crt} and {@code NAME.key} of an authority, and {@code NAME.d} with a copy of the first. */
    void authority(String name) {
        run(with(
                newKey(name), "-x509", "-days", "1", "-out", file(name + ".crt").toString(), "-subj", "/CN=" + name));
        try {
            Files.createDirectory(file(name + ".d"));
            Files.copy(file(name + ".crt"), file(name + ".d").resolve("authority.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes {@code NAME.crt} for {@code host}, good for today, signed by the authority. */
    void certificate(String name, String authority, String host) {
        certificate(name, authority, host, "20200101000000Z", "20990101000000Z");
    }

    /** As the other, good between two times, each {@code YYYYMMDDhhmmssZ}. */
    void certificate(String name, String authority, String host, String from, String until) {
        Path request = file(name + ".csr");
        run(with(newKey(name), "-new", "-out", request.toString(), "-subj", "/CN=" + name));
        Path configuration = file(name + ".cnf");
        Path serials = file(name + ".serials");
        write(serials, "");
        write(configuration, """
                [ca]
                default_ca = it
                [it]
                database = %s
                new_certs_dir = %s
                rand_serial = yes
                default_md = sha256
                policy = any
                unique_subject = no
                [any]
                commonName = supplied
                [names]
                subjectAltName = DNS:%s
                """.formatted(serials, folder, host));
        run(List.of(
                openssl,
                "ca",
                "-batch",
                "-notext",
                "-config",
                configuration.toString(),
                "-extensions",
                "names",
                "-startdate",
                from,
                "-enddate",
                until,
                "-in",
                request.toString(),
                "-out",
                file(name + ".crt").toString(),
                "-cert",
                file(authority + ".crt").toString(),
                "-keyfile",
                file(authority + ".key").toString()));
    }

    private List<String> newKey(String name) {
        return List.of(
                openssl,
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                file(name + ".key").toString());
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) {
        try (Program program = Program.start(command)) {
            assertThat(program.exitCode(20_000))
                    .as(() -> command + "\n" + program.lines())
                    .isZero();
        }
    }
}
