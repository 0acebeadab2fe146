package midge.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads class files and names every place that leaves the device dialect of {@code docs/device-profile.md}.
 *
 * <p>Since it forbids every allocating instruction outside construction, passing it is a proof that a method cannot allocate, whether
 * or not a test reaches it. <em>Construction</em> is a constructor, a static initialiser, or any method of a set-up class: one whose
 * name ends in {@code Config} or {@code Builder}, or {@code Ranges} and {@code Ascii}. Other code may call a set-up method only if
 * that method itself neither allocates nor throws.
 */
public final class DialectScan {
    private static final int JAVA_8 = 52;
    private static final String OURS = "midge/";

    /** Calls into the platform that any method may make. */
    private static final Set<String> ANYWHERE = Set.of("java/lang/Object.<init>", "java/lang/System.arraycopy");

    /** Calls into the platform that construction may make as well; the exceptions report a wrong set-up. */
    private static final Set<String> IN_CONSTRUCTION = Set.of(
            "java/lang/String.length",
            "java/lang/String.charAt",
            "java/lang/StringBuffer.<init>",
            "java/lang/StringBuffer.append",
            "java/lang/StringBuffer.toString",
            "java/lang/IllegalArgumentException.<init>",
            "java/lang/IllegalStateException.<init>");

    private final List<String> violations = new ArrayList<>();
    private final Set<String> unsafeSetUpMethods = new HashSet<>();
    private final List<String[]> callsOfSetUpMethods = new ArrayList<>();

    /** @return one line for each violation in the class files below {@code root}; empty when there is none */
    public static List<String> ofFolder(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            List<byte[]> classes = new ArrayList<>();
            for (Path file : (Iterable<Path>)
                    files.filter(f -> f.toString().endsWith(".class")).sorted()::iterator) {
                classes.add(Files.readAllBytes(file));
            }
            return of(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return one line for each violation in {@code classes}, each element one class file */
    public static List<String> of(List<byte[]> classes) {
        DialectScan scan = new DialectScan();
        for (byte[] bytes : classes) {
            ClassReader reader = new ClassReader(bytes);
            reader.accept(scan.new ClassScan(reader.getClassName()), ClassReader.SKIP_FRAMES);
        }
        for (String[] call : scan.callsOfSetUpMethods) {
            if (scan.unsafeSetUpMethods.contains(call[1])) {
                scan.violations.add(call[0] + ": calls " + call[1] + ", which allocates or throws");
            }
        }
        return scan.violations;
    }

    private static boolean isSetUpClass(String internalName) {
        String simple = internalName.substring(internalName.lastIndexOf('/') + 1);
        return simple.endsWith("Config")
                || simple.endsWith("Builder")
                || simple.equals("Ranges")
                || simple.equals("Ascii");
    }

    private final class ClassScan extends ClassVisitor {
        private final String owner;
        private boolean isInterface;

        ClassScan(String owner) {
            super(Opcodes.ASM9);
            this.owner = owner;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            if ((version & 0xFFFF) > JAVA_8) {
                violations.add(owner + ": class version " + (version & 0xFFFF) + " is above " + JAVA_8);
            }
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if ((access & Opcodes.ACC_STATIC) != 0 && (access & Opcodes.ACC_FINAL) == 0) {
                violations.add(owner + "." + name + ": mutable static field");
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            String where = owner + "." + name + descriptor;
            if ((access & Opcodes.ACC_NATIVE) != 0) {
                violations.add(where + ": native method");
            }
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                violations.add(where + ": synchronized method");
            }
            if (isInterface && (access & Opcodes.ACC_ABSTRACT) == 0 && !name.equals("<clinit>")) {
                violations.add(where + ": interface method with a body");
            }
            return new MethodScan(where, name, isSetUpClass(owner));
        }
    }

    private final class MethodScan extends MethodVisitor {
        private final String where;
        private final boolean initialiser;
        private final boolean setUpClass;

        MethodScan(String where, String name, boolean setUpClass) {
            super(Opcodes.ASM9);
            this.where = where;
            this.initialiser = name.equals("<init>") || name.equals("<clinit>");
            this.setUpClass = setUpClass;
        }

        private void forbid(String what) {
            violations.add(where + ": " + what);
        }

        /** For what only construction may do. */
        private void constructionOnly(String what) {
            if (setUpClass) {
                unsafeSetUpMethods.add(where);
            } else if (!initialiser) {
                forbid(what + " outside construction");
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                constructionOnly("allocates " + type);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                constructionOnly("allocates an array");
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            forbid("allocates a multi-dimensional array");
        }

        @Override
        public void visitInvokeDynamicInsn(
                String name, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
            forbid("invokedynamic");
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type) {
                forbid("class literal");
            } else if (value instanceof Float || value instanceof Double) {
                forbid("floating point");
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
                forbid("monitor");
            } else if (opcode == Opcodes.ATHROW) {
                constructionOnly("throws");
            } else if (isFloatingPoint(opcode)) {
                forbid("floating point");
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.PUTSTATIC && !where.contains(".<clinit>")) {
                forbid("writes static field " + name);
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            forbid("catches " + (type == null ? "everything (finally)" : type));
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String call = owner + "." + name;
            if (owner.startsWith(OURS)) {
                if (isSetUpClass(owner) && !initialiser && !setUpClass) {
                    callsOfSetUpMethods.add(new String[] {where, call + descriptor});
                }
            } else if (!ANYWHERE.contains(call)) {
                if (IN_CONSTRUCTION.contains(call)) {
                    constructionOnly("calls " + call);
                } else {
                    forbid("calls " + call);
                }
            }
        }
    }

    private static boolean isFloatingPoint(int opcode) {
        switch (opcode) {
            case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2, Opcodes.DCONST_0, Opcodes.DCONST_1:
            case Opcodes.FADD, Opcodes.FSUB, Opcodes.FMUL, Opcodes.FDIV, Opcodes.FREM, Opcodes.FNEG:
            case Opcodes.DADD, Opcodes.DSUB, Opcodes.DMUL, Opcodes.DDIV, Opcodes.DREM, Opcodes.DNEG:
            case Opcodes.I2F, Opcodes.I2D, Opcodes.L2F, Opcodes.L2D:
            case Opcodes.FALOAD, Opcodes.DALOAD, Opcodes.FASTORE, Opcodes.DASTORE:
            case Opcodes.FRETURN, Opcodes.DRETURN:
                return true;
            default:
                return false;
        }
    }
}
