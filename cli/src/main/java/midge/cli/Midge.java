package midge.cli;

/** The {@code midge} command. */
public final class Midge {
    private Midge() {}

    public static void main(String[] arguments) {
        System.out.println("midge");
    }
}
