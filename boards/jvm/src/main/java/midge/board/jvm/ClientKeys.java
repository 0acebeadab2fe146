package midge.board.jvm;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows this client's one certificate, or notes that one was asked for in vain. */
final class ClientKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";
    private static final Map<String, String> PROOFS =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "DSA", "SHA256withDSA");

    private final X509Certificate[] chain;
    private final @Nullable PrivateKey key;
    private volatile boolean missed;

    ClientKeys(X509Certificate[] chain, @Nullable PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /** {@return whether what one signs the other verifies; true for algorithms of which that cannot be asked} */
    static boolean belongTogether(PrivateKey key, PublicKey ofCertificate) {
        String algorithm = PROOFS.get(key.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        try {
            byte[] anything = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(anything);
            byte[] signed = signing.sign();
            signing.initVerify(ofCertificate);
            signing.update(anything);
            return signing.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    boolean hasCertificate() {
        return key != null;
    }

    /** {@return whether a server asked for a certificate and got none} */
    boolean isMissed() {
        return missed;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how the JDK wants to be told "none"
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        for (String type : keyTypes) {
            if (key != null && type.equalsIgnoreCase(key.getAlgorithm())) {
                return ALIAS;
            }
        }
        missed = missed || key == null;
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("engines only");
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    @SuppressWarnings("NullAway")
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    @SuppressWarnings("NullAway")
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
