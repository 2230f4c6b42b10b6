package io.github.pkceauth.oidc;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import java.io.Serializable;

/**
 * A completed login: what a session holds, replaced as a whole at every change.
 *
 * @param clientId the client that the provider signed the user in to
 * @param user who is signed in
 * @param tokens what came with it
 */
public record Login(String clientId, PkceUser user, Tokens tokens) implements Serializable {

    /** Whether it is the same user of the same provider as another login. */
    public boolean isOfSameUserAs(Login other) {
        return user.issuer().equals(other.user.issuer()) && user.subject().equals(other.user.subject());
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
