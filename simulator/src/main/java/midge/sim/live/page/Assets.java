package midge.sim.live.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's files, from the jar. */
final class Assets {
    /** One file. */
    static final class Asset {
        private final String type;
        private final byte[] octets;

        Asset(String type, byte[] octets) {
            this.type = type;
            this.octets = octets;
        }

        /** {@return its media type} */
        String type() {
            return type;
        }

        byte[] octets() {
            return octets;
        }
    }

    private static final List<String> FILES = List.of(
            "index.html",
            "style.css",
            "app.js",
            "server.js",
            "dom.js",
            "map.js",
            "boards.js",
            "ladder.js",
            "topics.js",
            "icon.svg",
            "vendor/uPlot.iife.min.js",
            "vendor/uPlot.min.css",
            "vendor/uPlot.LICENSE.txt");

    private final Map<String, Asset> assets = new HashMap<>();

    Assets() {
        for (String file : FILES) {
            assets.put("/" + file, new Asset(type(file), read(file)));
        }
        assets.put("/", new Asset(type("index.html"), read("index.html")));
    }

    private static byte[] read(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the page's " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }

    @Nullable
    Asset get(String path) {
        return assets.get(path);
    }
}
