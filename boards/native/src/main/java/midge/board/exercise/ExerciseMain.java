package midge.board.exercise;

/** Runs the exercise where there is no JVM, and tells the checksum and the free memory before and after the publications. */
public final class ExerciseMain {
    /** Frames written and read. */
    public static final int CODEC_ROUNDS = 5_000;
    /** Messages published while the free memory must not change. */
    public static final int PUBLICATIONS = 10_000;

    private ExerciseMain() {}

    /** No arguments. */
    public static void main(String[] args) {
        Exercise exercise = new Exercise();
        exercise.codec(CODEC_ROUNDS);
        exercise.device(1);
        int before = (int) Runtime.getRuntime().freeMemory();
        exercise.device(PUBLICATIONS);
        int after = (int) Runtime.getRuntime().freeMemory();
        line("checksum ", exercise.checksum());
        line("free-before ", before);
        line("free-after ", after);
    }

    private static void line(String name, int number) {
        Terminal.text(name);
        Terminal.hex(number);
        Terminal.text("\n");
    }
}
