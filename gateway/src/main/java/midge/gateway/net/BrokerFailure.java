package midge.gateway.net;

import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one line why a broker connection failed, and what would help. */
final class BrokerFailure {
    private static final int DEPTH = 16;
    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");

    private BrokerFailure() {}

    static String explain(Throwable thrown, Broker broker) {
        SSLException tls = null;
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < DEPTH; t = t.getCause(), depth++) {
            String said = ofOne(t);
            if (said != null) {
                return said;
            }
            tls = t instanceof SSLException found ? found : tls;
        }
        if (tls != null) {
            return ofHandshake(String.valueOf(tls.getMessage()), broker.tls());
        }
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    private static @Nullable String ofOne(Throwable t) {
        if (t instanceof UnknownHostException) {
            return "no address is known for " + t.getMessage();
        }
        if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
            return "the broker's certificate is not valid now (" + t.getMessage() + ")";
        }
        if (t instanceof CertPathBuilderException) {
            return "the broker's certificate is not signed by an authority that is trusted here; see cafile";
        }
        if (t instanceof CertificateException && String.valueOf(t.getMessage()).startsWith("No ")) {
            return "the broker's certificate is for another host (" + t.getMessage() + ")";
        }
        if (t instanceof WebSocketHandshakeException) {
            return "the broker refused the WebSocket (" + t.getMessage() + "); is the path right?";
        }
        return null;
    }

    private static String ofHandshake(String message, @Nullable BrokerTls tls) {
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            boolean shown = tls != null && tls.showsCertificate();
            return "the broker refused TLS (alert " + alert.group(1) + ")"
                    + (shown ? "; does it trust the certificate?" : "; does it want a client certificate?");
        }
        return message.startsWith("not an SSL/TLS record")
                ? "the broker does not speak TLS on this port"
                : "TLS failed: " + message;
    }
}
