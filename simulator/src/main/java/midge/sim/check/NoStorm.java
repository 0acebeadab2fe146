package midge.sim.check;

import java.util.HashMap;
import java.util.Map;

/** Air time is scarce: nobody shouts. */
public final class NoStorm extends Checker {
    /** Long enough that a burst after an outage does not count. */
    private static final long WINDOW_MS = 10_000;

    private static final class Window {
        long startMs;
        int frames;
    }

    private final int framesPerWindow;
    private final Map<DeviceFacts, Window> windows = new HashMap<>();

    /**
     * @param framesPerSecond mean of ten seconds, both directions of a device together
     */
    public NoStorm(int framesPerSecond) {
        framesPerWindow = (int) (framesPerSecond * WINDOW_MS / 1_000);
    }

    @Override
    public String promise() {
        return "a device and the gateway exchange at most " + framesPerWindow + " frames in ten seconds";
    }

    @Override
    public void onFrame(RadioFrame frame) {
        if (!frame.sent()) {
            return;
        }
        Window window = windows.computeIfAbsent(frame.device(), device -> new Window());
        if (frame.atMs() >= window.startMs + WINDOW_MS) {
            window.startMs = frame.atMs();
            window.frames = 0;
        }
        if (++window.frames > framesPerWindow) {
            throw broken(frame.device() + " and the gateway exchanged " + window.frames + " frames within "
                    + (frame.atMs() - window.startMs) + " ms");
        }
    }
}
