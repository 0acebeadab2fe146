package midge.hal.link;

/** A link that counts the frames which came damaged, too large or in no known form. */
public interface LossyLink extends DatagramLink {
    /** @return how many it has dropped since it was opened */
    int droppedFrames();
}
