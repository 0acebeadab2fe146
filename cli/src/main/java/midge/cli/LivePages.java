package midge.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import midge.sim.live.LiveRun;
import midge.sim.live.page.LivePage;

/** Serves live pages where {@code --http} says, and tells when it is elsewhere. */
final class LivePages {
    /** The port unless told otherwise. */
    static final String PORT = "8090";

    private LivePages() {}

    /** @param http as on the command line: PORT or ADDRESS:PORT */
    static LivePage serve(LiveRun live, String http, String otherwise) {
        InetSocketAddress at = PageAddress.parse(http);
        try {
            LivePage page = LivePage.serve(live, at.getAddress(), at.getPort());
            if (at.getPort() != 0 && page.port() != at.getPort()) {
                System.out.println(
                        "port " + at.getPort() + " is taken by another program; the page uses " + page.port());
            }
            return page;
        } catch (IOException e) {
            throw new UserError(
                    ExitCode.FAILED,
                    "the page cannot be served: " + e.getMessage() + "; choose with --http PORT" + otherwise);
        }
    }
}
