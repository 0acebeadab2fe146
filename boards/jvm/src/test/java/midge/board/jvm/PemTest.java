package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import midge.settings.Pem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"rsa.key, RSA", "client.key, EC"})
    void readsAKeyOfPkcs8(String name, String algorithm) {
        PrivateKey key = Pem.privateKey(TestFiles.file(name), algorithm);
        assertThat(key.getAlgorithm()).isEqualTo(algorithm);
        assertThat(key.getFormat()).isEqualTo("PKCS#8");
    }

    @Test
    void readsAKeyWithTextAndCertificatesAroundItAndWindowsLineEnds() throws IOException {
        String text = "subject: me\n" + TestFiles.text("client.crt") + TestFiles.text("client.key") + "more\n";
        Path file = Files.writeString(folder.resolve("both.pem"), text.replace("\n", "\r\n"));
        assertThat(Pem.privateKey(file, "EC")).isEqualTo(Pem.privateKey(TestFiles.file("client.key"), "EC"));
        assertThat(Pem.certificates(TestFiles.file("client.crt"))).hasSize(1);
    }

    @Test
    void readsAChainInItsOrder() {
        List<X509Certificate> chain = Pem.certificates(TestFiles.file("chain.crt"));
        assertThat(chain)
                .extracting(c -> c.getSubjectX500Principal().getName())
                .containsExactly("CN=client", "CN=authority");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1.key,        RSA, RSA PRIVATE KEY",
        "client-sec1.key,      EC,  EC PRIVATE KEY",
        "client-encrypted.key, EC,  ENCRYPTED PRIVATE KEY",
    })
    void namesTheCommandThatConvertsAKeyOfAnotherForm(String name, String algorithm, String form) {
        Path file = TestFiles.file(name);
        assertThatThrownBy(() -> Pem.privateKey(file, algorithm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key in " + file + " is a '" + form
                        + "', PKCS#8 without a pass phrase is needed; convert it:"
                        + " openssl pkcs8 -topk8 -nocrypt -in " + file + " -out new.key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                       | holds no private key",
                "-----BEGIN CERTIFICATE-----                                              | holds no private key",
                "-----BEGIN PRIVATE KEY-----                                              | is cut short or damaged",
                "-----BEGIN PRIVATE KEY-----MEECAQAw                                      | is cut short or damaged",
                "-----BEGIN PRIVATE KEY-----ME$CAQAw-----END PRIVATE KEY-----             | is cut short or damaged",
                "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----                     | is damaged or no EC key",
                "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----                 | is damaged or no EC key",
                "-----BEGIN PRIVATE KEY-----MEECA-----END PRIVATE KEY-----                | is damaged or no EC key",
            })
    void saysWhatIsWrongWithAKey(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.key"), text);
        assertThatThrownBy(() -> Pem.privateKey(file, "EC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysThatAKeyIsOfAnotherAlgorithmThanTheCertificate() {
        assertThatThrownBy(() -> Pem.privateKey(TestFiles.file("rsa.key"), "EC"))
                .hasMessageContaining("no EC key as the certificate's");
    }

    @Test
    void saysWhatIsWrongWithCertificates() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        Path key = TestFiles.file("client.key");
        String certificate = TestFiles.text("client.crt");
        Path cut = Files.writeString(folder.resolve("cut"), certificate.substring(0, certificate.length() / 2));
        assertThatThrownBy(() -> Pem.certificates(empty)).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> Pem.certificates(key)).hasMessageContaining(key.toString());
        assertThatThrownBy(() -> Pem.certificates(cut)).hasMessageContaining("does not hold certificates in PEM");
        assertThatThrownBy(() -> Pem.certificates(folder.resolve("none"))).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> Pem.certificates(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> Pem.privateKey(folder.resolve("none"), "EC")).hasMessageContaining("there is no file");
    }

    @Test
    void takesFromAFolderWhatHasCertificates() throws IOException {
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        assertThatThrownBy(() -> Pem.certificatesIn(mixed)).hasMessageContaining("holds no certificate in PEM");
        Files.write(mixed.resolve("noise"), new byte[] {0, -1, 17});
        Files.createDirectory(mixed.resolve("below"));
        Files.copy(TestFiles.file("authority.crt"), mixed.resolve("b.pem"));
        Files.copy(TestFiles.file("stranger.crt"), mixed.resolve("a.anything"));
        assertThat(Pem.certificatesIn(mixed))
                .extracting(c -> c.getSubjectX500Principal().getName())
                .containsExactly("CN=stranger", "CN=authority");
        assertThatThrownBy(() -> Pem.certificatesIn(folder.resolve("none"))).hasMessageContaining("there is no file");
    }

    /** Whatever a file holds, the answer is a key, certificates, or one line. */
    @Test
    void survivesDamagedFiles() throws IOException {
        Random random = new Random(20_261_120);
        byte[] both = (TestFiles.text("client.key") + TestFiles.text("client.crt")).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = both.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("damaged"), damaged);
            try {
                Pem.privateKey(file, "EC");
                Pem.certificates(file);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).contains(file.toString());
            }
        }
    }
}
