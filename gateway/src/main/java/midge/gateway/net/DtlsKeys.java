package midge.gateway.net;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** The keys that DTLS clients share with the gateway, by identity. May be replaced while the listener runs; safe from any thread. */
public final class DtlsKeys {
    /** Shortest key, octets. A shorter one can be guessed from a handshake that somebody recorded. */
    public static final int SHORTEST = 16;
    /** Longest key that every peer must support, octets (RFC 4279 §5.3). */
    public static final int LONGEST = 64;

    private volatile Map<String, SecretKey> keys = Map.of();

    /** Takes these keys in place of all before. Sessions that there are already go on. */
    public void replace(Map<String, byte[]> byIdentity) {
        Map<String, SecretKey> made = new HashMap<>();
        byIdentity.forEach(
                (identity, key) -> made.put(identity, SecretUtil.create(key, PskSecretResult.ALGORITHM_PSK)));
        keys = Map.copyOf(made);
    }

    /** Takes the keys of another in place of all before. */
    void replace(DtlsKeys newer) {
        keys = newer.keys;
    }

    /** {@return how many identities there are} */
    public int count() {
        return keys.size();
    }

    AdvancedPskStore store() {
        return new Store();
    }

    private final class Store implements AdvancedPskStore {
        @Override
        public boolean hasEcdhePskSupported() {
            return true;
        }

        @Override
        public PskSecretResult requestPskSecretResult(
                ConnectionId cid,
                @Nullable ServerNames serverName,
                PskPublicInformation identity,
                String hmacAlgorithm,
                @Nullable SecretKey otherSecret,
                byte[] seed,
                boolean useExtendedMasterSecret) {
            SecretKey key = identity.isCompliantEncoding() ? keys.get(identity.getPublicInfoAsString()) : null;
            return new PskSecretResult(cid, identity, key == null ? null : SecretUtil.create(key));
        }

        @Override
        public @Nullable PskPublicInformation getIdentity(InetSocketAddress peer, @Nullable ServerNames virtualHost) {
            return null; // a server is told the identity
        }

        @Override
        public void setResultHandler(HandshakeResultHandler resultHandler) {
            // every result is there at once
        }
    }
}
