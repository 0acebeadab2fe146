package midge.profile;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Runs the JDK's compiler inside a test. */
final class Javac {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private Javac() {}

    /** @return the class files of {@code source}, one top-level class {@code name} with whatever it contains */
    static List<byte[]> compile(String name, String source, Path into) {
        JavaFileObject unit =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        run(List.of(unit), into, "-nowarn");
        return read(into);
    }

    /** @return what {@code -Xlint:all} says of the Java 8 sources below {@code sources} */
    static List<String> lint(Path sources, Path into) {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(sources)) {
            List<Path> java = tree.filter(f -> f.toString().endsWith(".java")).toList();
            List<String> said = new ArrayList<>();
            for (Diagnostic<?> d :
                    run(files.getJavaFileObjectsFromPaths(java), into, "-Xlint:all,-options,-serial,-processing")) {
                said.add(d.toString());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Diagnostic<? extends JavaFileObject>> run(
            Iterable<? extends JavaFileObject> units, Path into, String lint) {
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "8",
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                into.toString(),
                lint);
        StringWriter out = new StringWriter();
        boolean ok =
                COMPILER.getTask(out, null, collector, options, null, units).call();
        List<Diagnostic<? extends JavaFileObject>> said = collector.getDiagnostics().stream()
                .filter(d -> !String.valueOf(d.getCode()).equals("compiler.warn.option.obsolete.suppression"))
                .filter(d -> !d.getMessage(Locale.ROOT).contains("[options]"))
                .toList();
        if (!ok) {
            throw new IllegalStateException(out + said.toString());
        }
        return said;
    }

    private static List<byte[]> read(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<byte[]> classes = new ArrayList<>();
            for (Path file : (Iterable<Path>)
                    tree.filter(f -> f.toString().endsWith(".class")).sorted()::iterator) {
                classes.add(Files.readAllBytes(file));
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
