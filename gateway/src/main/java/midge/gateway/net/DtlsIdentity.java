package midge.gateway.net;

import java.security.Principal;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.jspecify.annotations.Nullable;

/** Whom a DTLS handshake has proved to be at the other end. */
final class DtlsIdentity {
    private DtlsIdentity() {}

    /** {@return the identity of a shared key; of a certificate the common name, without one the whole subject; empty: none was shown} */
    static String of(@Nullable Principal principal) {
        if (principal == null) {
            return "";
        }
        return principal instanceof PreSharedKeyIdentity key ? key.getIdentity() : commonName(principal.getName());
    }

    static String commonName(String subject) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            // what it is then serves as a name all the same
        }
        return subject;
    }
}
