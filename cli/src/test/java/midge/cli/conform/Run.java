package midge.cli.conform;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One case in one weather over one kind of link, and how it ended. */
record Run(Case what, Mode mode, String link, Scene scene, CompletableFuture<Void> result) {
    /** {@return the heading of its column in the report} */
    String column() {
        return link + ", " + mode.words;
    }

    /** Plays it. Its addresses stay its own until all is over: the gateway still knows them as those of its clients. */
    void play() {
        try {
            what.play(scene);
            result.complete(null);
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        }
    }

    List<Message> leftovers() {
        return result.isCompletedExceptionally() ? List.of() : scene.leftovers();
    }
}
