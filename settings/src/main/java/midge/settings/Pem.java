package midge.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads certificates and keys from PEM files (RFC 7468). Every failure is an {@link IllegalArgumentException} of one line. */
public final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Pattern ANY_KEY = Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----");

    private Pem() {}

    /** {@return the certificates of one file, at least one, in its order} */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> found = new ArrayList<>();
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder, a file with certificates in PEM is needed");
        }
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) c);
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " does not hold certificates in PEM: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no certificate (no BEGIN CERTIFICATE in it)");
        }
        return found;
    }

    /** {@return the certificates of all files of a folder that have any} */
    public static List<X509Certificate> certificatesIn(Path folder) {
        List<X509Certificate> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
                    found.addAll(certificates(file));
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the folder " + folder + " holds no certificate in PEM");
        }
        return found;
    }

    /**
     * {@return the first private key of one file}
     *
     * @param algorithm that of the certificate's public key
     */
    public static PrivateKey privateKey(Path file, String algorithm) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        Matcher any = ANY_KEY.matcher(text);
        if (!any.find()) {
            throw new IllegalArgumentException(file + " holds no private key (no BEGIN PRIVATE KEY in it)");
        }
        if (!any.group(1).equals("PRIVATE KEY")) {
            throw new IllegalArgumentException("the key in " + file + " is a '" + any.group(1)
                    + "', PKCS#8 without a pass phrase is needed; convert it: openssl pkcs8 -topk8 -nocrypt -in " + file
                    + " -out new.key");
        }
        Matcher key = KEY.matcher(text);
        if (!key.find()) {
            throw new IllegalArgumentException("the private key in " + file + " is cut short or damaged");
        }
        try {
            byte[] octets = Base64.getMimeDecoder().decode(key.group(2));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the private key in " + file + " is damaged or no " + algorithm + " key as the certificate's", e);
        }
    }

    private static IllegalArgumentException unreadable(Path file, IOException e) {
        return new IllegalArgumentException(
                e instanceof NoSuchFileException ? "there is no file " + file : "cannot read " + e.getMessage(), e);
    }
}
