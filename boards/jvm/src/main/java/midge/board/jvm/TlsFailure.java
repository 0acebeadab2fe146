package midge.board.jvm;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds in the JDK's exceptions what a person wants to know. */
final class TlsFailure {
    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");

    private TlsFailure() {}

    /** {@return why TLS failed, one line; null when {@code thrown} was not about TLS} */
    static @Nullable String explain(Throwable thrown, TlsConfig tls) {
        String certificate = null;
        boolean isTls = false;
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 16; t = t.getCause(), depth++) {
            isTls = isTls || t instanceof SSLException;
            String said = ofCertificate(t);
            certificate = said == null ? certificate : said;
        }
        if (certificate != null) {
            return certificate;
        }
        return isTls ? ofHandshake(thrown, tls) : null;
    }

    private static @Nullable String ofCertificate(Throwable t) {
        if (t instanceof CertificateExpiredException) {
            return "the peer's certificate has expired (" + t.getMessage() + ")";
        }
        if (t instanceof CertificateNotYetValidException) {
            return "the peer's certificate is not valid yet (" + t.getMessage() + ")";
        }
        if (t instanceof CertPathBuilderException) {
            return "the peer's certificate is not signed by an authority that is trusted here";
        }
        if (t instanceof CertPathValidatorException) {
            return "the peer's certificate is not good: " + t.getMessage();
        }
        if (t instanceof CertificateException && t.getMessage() != null && isAboutNames(t.getMessage())) {
            return "the peer's certificate is for another host (" + t.getMessage() + ")";
        }
        return null;
    }

    private static boolean isAboutNames(String message) {
        return message.startsWith("No name matching") || message.startsWith("No subject alternative");
    }

    private static String ofHandshake(Throwable thrown, TlsConfig tls) {
        String message = "";
        for (Throwable t = thrown; t != null && message.isEmpty(); t = t.getCause()) {
            message = t instanceof SSLException && t.getMessage() != null ? t.getMessage() : "";
        }
        Matcher alert = ALERT.matcher(message);
        if (!alert.find()) {
            return message.contains("plaintext connection")
                    ? "the peer does not speak TLS on this port"
                    : "TLS failed: " + message;
        }
        if (tls.missesCertificate()) {
            return missingCertificate(alert.group(1));
        }
        return (tls.hasCertificate() ? "the peer does not accept this client's certificate" : "the peer refused TLS")
                + " (alert " + alert.group(1) + ")";
    }

    static String missingCertificate(String how) {
        return "the peer wants a client certificate and got none (" + how + ")";
    }
}
