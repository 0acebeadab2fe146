package midge.sim.check;

/** Neither side writes what the codec would not read. */
public final class SoundFrames extends Checker {
    @Override
    public String promise() {
        return "every frame that is put on air is well-formed";
    }

    @Override
    public void onFrame(RadioFrame frame) {
        if (frame.sent() && frame.status() < 0) {
            throw broken((frame.up() ? frame.device().name() : "the gateway") + " sent a frame that reads as status "
                    + frame.status());
        }
    }
}
