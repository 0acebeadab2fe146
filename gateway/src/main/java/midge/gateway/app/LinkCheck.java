package midge.gateway.app;

import java.util.Set;

/** Judges the URIs of links that the host opens; the gateway itself knows UDP and DTLS alone. */
public interface LinkCheck {
    /** There are no such links. */
    LinkCheck NONE = new LinkCheck() {
        @Override
        public Set<String> schemes() {
            return Set.of();
        }

        @Override
        public void check(String uri) {
            throw new IllegalStateException("has no scheme");
        }
    };

    /** @return what such URIs begin with, lower case */
    Set<String> schemes();

    /**
     * Looks at a URI of one of the schemes, and opens nothing.
     *
     * @throws IllegalArgumentException of one line when it is wrong
     */
    void check(String uri);
}
