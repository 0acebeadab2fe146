package midge.gateway.config;

/**
 * A user name and its password, neither of them to be written to; empty: none.
 *
 * @param userName UTF-8, 0..128 octets
 * @param password any octets, 0..128
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared
public record Login(byte[] userName, byte[] password) {
    /** {@return a text without the secret} */
    @Override
    public String toString() {
        return "Login of " + userName.length + " octets";
    }
}
