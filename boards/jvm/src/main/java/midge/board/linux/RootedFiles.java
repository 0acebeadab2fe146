package midge.board.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import midge.board.SystemFiles;

/** The files below a folder, as if that were the machine's root. */
public final class RootedFiles implements SystemFiles {
    private static final int LONGEST = 4_096;

    private final Path root;

    /** @param root {@code /} for this machine */
    public RootedFiles(Path root) {
        this.root = root;
    }

    /** @return the file in the file system */
    public Path path(String file) {
        return root.resolve(file.substring(1));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        if (!Files.isDirectory(path(folder))) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path(folder))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public String read(String file) throws IOException {
        // These files tell no length, and some give each octet once: one stream, read once.
        try (InputStream in = Files.newInputStream(path(file))) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
