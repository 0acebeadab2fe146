package midge.board;

/** What a device says on its status topic. The words are those that Home Assistant expects unless told otherwise. */
final class Availability {
    static final byte[] ONLINE = {'o', 'n', 'l', 'i', 'n', 'e'};
    static final byte[] OFFLINE = {'o', 'f', 'f', 'l', 'i', 'n', 'e'};

    private Availability() {}
}
