package midge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Each rule of the device dialect catches the code that breaks it. */
class DialectScanTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "byte[] f() { return new byte[1]; }                                    | allocates an array outside construction",
                "Object f() { return new Object(); }                                   | allocates java/lang/Object outside",
                "Object[] f() { return new Object[1]; }                                | allocates java/lang/Object outside",
                "int[][] table = new int[2][3];                                        | allocates a multi-dimensional array",
                "Runnable f() { return () -> {}; }                                     | invokedynamic",
                "Object f() { return String.class; }                                   | class literal",
                "float f() { return 1.5f; }                                            | floating point",
                "double f() { return 1.5; }                                            | floating point",
                "int f(int a) { return (int) (a * (float) a); }                        | floating point",
                "void f() { synchronized (this) { } }                                  | monitor",
                "synchronized void f() { }                                             | synchronized method",
                "native void f();                                                      | native method",
                "interface I { default void f() { } }                                  | interface method with a body",
                "interface I { static void f() { } }                                   | interface method with a body",
                "void f(RuntimeException e) { throw e; }                               | throws outside construction",
                "int f() { try { return 1; } catch (RuntimeException e) { return 2; } } | catches java/lang/RuntimeException",
                "int f(byte[] b) { return b.clone().length; }                          | calls [B.clone",
                "long f() { return System.nanoTime(); }                                | calls java/lang/System.nanoTime",
                "int f(String s) { return s.length(); }                                | calls java/lang/String.length outside",
                "String f(String s) { return s + 1; }                                  | allocates java/lang/StringBuilder",
                "Integer f(int i) { return i; }                                        | calls java/lang/Integer.valueOf",
                "void f(int... a) { } void g() { f(1, 2); }                            | allocates an array outside",
                "static int count;                                                     | mutable static field",
                "static int count; void f() { count = 1; }                             | writes static field count",
                "enum E { A, B }                                                       | calls java/lang/Enum",
                "static class AConfig { byte[] make() { return new byte[1]; } } byte[] f(AConfig c) { return c.make(); } "
                        + "| which allocates or throws",
            })
    void namesWhatLeavesTheDialect(String member, String expected) {
        assertThat(scan(member)).anySatisfy(line -> assertThat(line).contains(expected.strip()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "final byte[] slot = new byte[8];",
                "static final int[] TABLE = {1, 2, 3};",
                "X(int size) { if (size < 1) { throw new IllegalArgumentException(\"size\"); } }",
                "long f(byte[] a, byte[] b) { System.arraycopy(a, 0, b, 0, 3); return (a[0] & 0xFFL) << 8; }",
                "int f(int a) { switch (a) { case 1: return 2; case 200: return 3; default: return 4; } }",
                "interface I { int f(byte[] b); } int f(I i, byte[] b) { return i.f(b); }",
                "static class AConfig { int size; AConfig size(int s) { size = s; return this; } } int f(AConfig c) { return c.size(3).size; }",
            })
    void letsTheDialectPass(String member) {
        assertThat(scan(member)).isEmpty();
    }

    @Test
    void refusesClassFilesNewerThanJava8() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "midge/X", null, "java/lang/Object", null);
        assertThat(DialectScan.of(List.of(writer.toByteArray())))
                .containsExactly("midge/X: class version 55 is above 52");
    }

    private List<String> scan(String member) {
        return DialectScan.of(Javac.compile("midge.X", "package midge; class X { " + member + " }", scratch));
    }
}
