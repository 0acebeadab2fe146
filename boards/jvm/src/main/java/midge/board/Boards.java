package midge.board;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import midge.board.linux.LinuxBoard;
import midge.board.sim.SimBoard;
import midge.hal.Clock;
import midge.settings.Suggestion;

/** The boards that a device can be on. */
public final class Boards {
    /** Only what Linux's kernel drives. */
    public static final String LINUX = "linux";
    /** Models of chips in place of real ones. */
    public static final String SIM = "sim";

    private Boards() {}

    /** @return names that {@link #open} knows */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(LINUX, SIM));
        ServiceLoader.load(BoardProvider.class).forEach(provider -> names.add(provider.name()));
        return names;
    }

    /**
     * @param clock for models, which take as long as chips
     * @throws IllegalArgumentException when there is no board of this name
     * @throws IOException of one sentence when this machine is not such a board
     */
    public static Board open(String name, Clock clock) throws IOException {
        if (name.equals(LINUX)) {
            return new LinuxBoard(Path.of("/"));
        }
        if (name.equals(SIM)) {
            return new SimBoard(clock);
        }
        for (BoardProvider provider : ServiceLoader.load(BoardProvider.class)) {
            if (provider.name().equals(name)) {
                return provider.open();
            }
        }
        throw new IllegalArgumentException("there is no board \"" + name + "\", only " + String.join(", ", names())
                + Suggestion.text(name, names()));
    }
}
