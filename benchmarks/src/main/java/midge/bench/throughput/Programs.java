package midge.bench.throughput;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of a run: Java workers, and two of C, compiled here. */
final class Programs {
    private final Path folder;
    private final Path sources;

    Programs(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Path fromTop = Path.of("benchmarks/src/main/c");
        sources = Files.isDirectory(fromTop) ? fromTop : Path.of("src/main/c");
        compile("feeder");
        compile("libmosquitto_client", "-lmosquitto");
    }

    private void compile(String name, String... libraries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "gcc",
                "-O2",
                "-o",
                folder.resolve(name).toString(),
                sources.resolve(name + ".c").toString()));
        command.addAll(List.of(libraries));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(sources + "/" + name + ".c does not compile; run this in the project's top folder,"
                    + " and on Debian: apt-get install gcc libmosquitto-dev");
        }
    }

    /** A client pays for its own libraries only: each jar that is opened takes heap. */
    private static String classPath(String client) {
        List<String> own = switch (client) {
            case "midge" -> List.of("mqtt-lite", "hal", "boards-jvm");
            case "paho" -> List.of("org.eclipse.paho");
            case "hivemq" ->
                List.of("hivemq", "netty", "rxjava", "reactive-streams", "dagger", "javax.inject", "jctools");
            default -> List.of("vertx", "netty", "jackson");
        };
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        !entry.endsWith(".jar") || own.stream().anyMatch(new File(entry).getName()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** {@return the command of one client's run} */
    List<String> client(String client, String direction, int qos, int port, int warmUp, int messages) {
        String[] load = {direction, "" + qos, "" + port, "" + warmUp, "" + messages};
        List<String> command = new ArrayList<>();
        if (client.equals("libmosquitto")) {
            command.add(folder.resolve("libmosquitto_client").toString());
        } else {
            command.addAll(List.of(
                    System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    classPath(client),
                    Worker.class.getName(),
                    client));
        }
        command.addAll(List.of(load));
        return command;
    }

    /** {@return the command that publishes to a receiver} */
    List<String> feeder(int qos, int port, int messages) {
        return List.of(folder.resolve("feeder").toString(), "" + qos, "" + port, "" + messages);
    }
}
