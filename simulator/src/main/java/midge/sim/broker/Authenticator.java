package midge.sim.broker;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides who may connect. */
@FunctionalInterface
public interface Authenticator {
    /** Lets everyone in; fit for loopback and for simulations. */
    Authenticator EVERYONE = (user, password) -> true;

    /**
     * Judges one CONNECT.
     *
     * @param user     the user name, null when the client gave none
     * @param password the password's octets, null when the client gave none
     * @return whether the client may come in; if not it is told "bad user name or password"
     */
    boolean allows(@Nullable String user, byte @Nullable [] password);

    /** {@return one that knows a password for each user name} */
    static Authenticator users(Map<String, byte[]> passwords) {
        Map<String, byte[]> known = Map.copyOf(passwords);
        return (user, password) -> {
            byte[] expected = user == null ? null : known.get(user);
            return expected != null && password != null && Arrays.equals(expected, password);
        };
    }
}
