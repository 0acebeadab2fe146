package midge.board;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import midge.hal.Idle;
import midge.hal.link.DatagramLink;

/** The links of all {@link DatagramLinkProvider}s on the class path. */
public final class DatagramLinks {
    private DatagramLinks() {}

    private static List<DatagramLinkProvider> providers() {
        List<DatagramLinkProvider> found = new ArrayList<>();
        ServiceLoader.load(DatagramLinkProvider.class).forEach(found::add);
        return found;
    }

    /** {@return what their URIs begin with, in order} */
    public static Set<String> schemes() {
        Set<String> all = new TreeSet<>();
        providers().forEach(provider -> all.addAll(provider.schemes()));
        return all;
    }

    /** {@return whether a text is a URI of theirs, right or wrong} */
    public static boolean isOne(String uri) {
        return schemes().contains(scheme(uri));
    }

    static String scheme(String uri) {
        return uri.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    }

    private static DatagramLinkProvider provider(String uri) {
        return providers().stream()
                .filter(provider -> provider.schemes().contains(scheme(uri)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + uri + "' names no link, must begin with one of "
                        + String.join(
                                ", ", schemes().stream().map(s -> s + "://").toList())));
    }

    /**
     * Looks at a URI and opens nothing.
     *
     * @throws IllegalArgumentException of one line when it is wrong
     */
    public static void check(String uri) {
        provider(uri).check(uri);
    }

    /**
     * Opens a link, which is also {@link AutoCloseable} when there is something to close. It is not mended when it is gone.
     *
     * @param idle woken when a frame arrives or the link is gone
     * @throws IllegalArgumentException of one line when the URI is wrong
     * @throws IOException of one sentence when the machine does not give what it names
     */
    public static DatagramLink open(String uri, Idle idle) throws IOException {
        return provider(uri).open(uri, idle);
    }

    /** Opens a link that is opened anew for as long as it is gone, and loses frames meanwhile; otherwise as {@link #open}. */
    public static MendedLink openMended(String uri, Idle idle) throws IOException {
        return new MendedLink(() -> open(uri, idle), idle::wake);
    }

    /** Closes what {@link #open} has opened. */
    public static void close(DatagramLink link) throws IOException {
        if (link instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
