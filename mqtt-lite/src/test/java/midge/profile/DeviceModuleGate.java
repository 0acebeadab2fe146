package midge.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every device module. Each has one test class that extends this and adds nothing. */
public abstract class DeviceModuleGate {
    @Test
    void classFilesSpeakTheDeviceDialect() {
        Path classes = Path.of("target", "classes");
        assertTrue(Files.isDirectory(classes), "run from the module's folder: " + classes.toAbsolutePath());
        assertEquals(List.of(), DialectScan.ofFolder(classes));
    }

    @Test
    void sourcesCompileWithoutWarnings(@TempDir Path scratch) {
        assertEquals(List.of(), Javac.lint(Path.of("src", "main", "java"), scratch));
    }
}
