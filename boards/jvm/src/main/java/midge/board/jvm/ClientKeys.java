package midge.board.jvm;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows this client's one certificate, or notes that one was asked for in vain. */
final class ClientKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final X509Certificate[] chain;
    private final @Nullable PrivateKey key;
    private volatile boolean missed;

    ClientKeys(X509Certificate[] chain, @Nullable PrivateKey key) {
        this.chain = chain;
        this.key = key;
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
