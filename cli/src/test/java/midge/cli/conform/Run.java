package midge.cli.conform;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One case in one weather over one way, and how it ended. */
record Run(Case what, Mode mode, Way way, Scene scene, CompletableFuture<Void> result) {
    /** {@return the heading of its column in the report} */
    String column() {
        return way.words + ", " + mode.words;
    }

    /**
     * Plays it. Its addresses stay its own until all is over: the gateway still knows them as those of its clients. Sessions of DTLS
     * are told apart by more.
     */
    void play() {
        try {
            what.play(scene);
            result.complete(null);
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        } finally {
            if (way == Way.DTLS) {
                scene.close();
            }
        }
    }

    List<Message> leftovers() {
        return result.isCompletedExceptionally() ? List.of() : scene.leftovers();
    }
}
