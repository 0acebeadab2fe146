package midge.cli;

import java.nio.file.Path;
import midge.board.jvm.DtlsCredentials;
import midge.board.jvm.TlsConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom to trust and what to show, with mosquitto's names. Any of them asks for TLS. */
final class TlsOptions {
    @Option(
            names = "--cafile",
            paramLabel = "FILE",
            description = "Certificates of the authorities to trust, PEM. Default: those that Java trusts.")
    private @Nullable Path authorityFile;

    @Option(
            names = "--capath",
            paramLabel = "FOLDER",
            description = "Folder with certificates of the authorities to trust, PEM. Default: those that Java trusts.")
    private @Nullable Path authorityFolder;

    @Option(names = "--cert", paramLabel = "FILE", description = "This client's certificate, PEM; needs --key.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Its private key, PEM, PKCS#8 without a pass phrase; others must not be able to read it.")
    private @Nullable Path key;

    @Option(
            names = "--insecure",
            description = "Do not check that the broker's certificate is for this host: whoever has any certificate of"
                    + " a trusted authority can pose as the broker. For tests only.")
    private boolean anyHost;

    @Option(names = "--tls-alpn", paramLabel = "PROTOCOL", description = "Offer this protocol (ALPN), such as mqtt.")
    private @Nullable String alpn;

    @Option(names = "--tls-version", paramLabel = "VERSION", description = "tlsv1.2 or tlsv1.3. Default: the newer.")
    private @Nullable String version;

    @Option(names = "--tls-use-os-certs", description = "Use TLS and trust the authorities that Java trusts.")
    private boolean systemAuthorities;

    /** {@return whether the user asked for TLS by any of these} */
    boolean isAsked() {
        return authorityFile != null
                || authorityFolder != null
                || certificate != null
                || key != null
                || anyHost
                || alpn != null
                || version != null
                || systemAuthorities;
    }

    boolean hasAlpn() {
        return alpn != null;
    }

    /** {@return whom to trust and what to show by DTLS} */
    DtlsCredentials dtls() {
        refuseHalf();
        if (authorityFile == null) {
            throw new UserError(
                    ExitCode.USAGE, "dtls:// needs --psk-identity and --psk, or --cafile to trust the gateway by");
        }
        try {
            if (key != null) {
                Secrets.refuseWorldReadable("private key", key);
            }
            return DtlsCredentials.certificates(authorityFile, anyHost, certificate, key);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private void refuseHalf() {
        if ((certificate == null) != (key == null)) {
            throw new UserError(ExitCode.USAGE, "--cert and --key go together");
        }
    }

    TlsConfig config() {
        refuseHalf();
        try {
            TlsConfig.Builder builder = TlsConfig.builder().anyHost(anyHost);
            if (authorityFile != null) {
                builder.authorityFile(authorityFile);
            }
            if (authorityFolder != null) {
                builder.authorityFolder(authorityFolder);
            }
            if (certificate != null && key != null) {
                Secrets.refuseWorldReadable("private key", key);
                builder.certificate(certificate, key);
            }
            if (alpn != null) {
                builder.alpn(alpn);
            }
            if (version != null) {
                builder.version(version.replace("tls", "TLS"));
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
