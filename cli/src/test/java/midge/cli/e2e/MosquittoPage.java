package midge.cli.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/mosquitto.md} as a person uses it: its files are copied to a folder, its commands read. Only the folder, and the ports, which
 * others may have, are other than on the page; and Mosquitto stays the user who started it.
 */
final class MosquittoPage {
    private static final Path PAGE = Path.of("..", "docs", "mosquitto.md");
    private static final Pattern SECTION = Pattern.compile("## (\\d+)\\. (.*)");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+) (\\S+)");
    private static final Pattern PORT = Pattern.compile("(?:listener |:)(\\d{4,5})\\b");
    private static final String FOLDER = "/etc/midge";

    private final Path folder;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<Integer, List<String>> setups = new TreeMap<>();
    private final Map<Integer, List<String>> runs = new TreeMap<>();

    MosquittoPage(Path folder) throws IOException {
        this.folder = folder;
        int section = 0;
        List<String> lines = Files.readAllLines(PAGE);
        for (int i = 0; i < lines.size(); i++) {
            Matcher title = SECTION.matcher(lines.get(i));
            section = title.matches() ? Integer.parseInt(title.group(1)) : section;
            Matcher block = BLOCK.matcher(lines.get(i));
            if (block.matches()) {
                List<String> body = new ArrayList<>();
                while (!lines.get(++i).equals("```")) {
                    body.add(lines.get(i));
                }
                take(section, block.group(1), block.group(2), body);
            }
        }
    }

    private void take(int section, String language, String name, List<String> body) {
        if (!language.equals("sh")) {
            files.put(name, String.join("\n", body) + "\n");
        } else if (name.equals("setup")) {
            setups.put(section, body);
        } else {
            runs.put(section, body);
        }
    }

    /** {@return the numbers of the sections that run something} */
    List<Integer> sections() {
        return List.copyOf(runs.keySet());
    }

    /** Copies all files. */
    void copy() {
        files.forEach((name, text) -> {
            String user = name.endsWith(".conf") ? "user " + System.getProperty("user.name") + "\n" : "";
            try {
                // Before the first bridge: what follows one belongs to it.
                Files.writeString(folder.resolve(name), user + onThisMachine(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String onThisMachine(String text) {
        Matcher matcher = PORT.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String said = matcher.group(1);
            String prefix = matcher.group().substring(0, matcher.group().length() - said.length());
            matcher.appendReplacement(out, prefix + port(said));
        }
        return matcher.appendTail(out).toString().replace(FOLDER, folder.toString());
    }

    /** {@return the port that stands for one of the page} */
    int port(String onThePage) {
        return ports.computeIfAbsent(onThePage, key -> Mosquitto.freePort());
    }

    /** {@return all commands of preparation, in the order of the page} */
    List<String> setup() {
        return setups.values().stream().flatMap(List::stream).toList();
    }

    /** {@return the files that the section's commands with this beginning name} */
    List<Path> run(int section, String command) {
        return runs.getOrDefault(section, List.of()).stream()
                .filter(line -> line.startsWith(command + " "))
                .map(line -> folder.resolve(line.substring(command.length() + 1)))
                .toList();
    }
}
