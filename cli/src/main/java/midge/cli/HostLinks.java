package midge.cli;

import java.util.Set;
import midge.board.DatagramLinks;
import midge.gateway.app.LinkCheck;

/** The links of the boards, as the gateway's settings ask for them. */
final class HostLinks implements LinkCheck {
    @Override
    public Set<String> schemes() {
        return DatagramLinks.schemes();
    }

    @Override
    public void check(String uri) {
        DatagramLinks.check(uri);
    }
}
