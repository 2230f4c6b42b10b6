package io.github.pkceauth.benchmarks.pkce;

import io.github.pkceauth.PkceAuthFilter;
import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Deployed;
import io.github.pkceauth.benchmarks.Settings;
import io.github.pkceauth.benchmarks.TokenCheck;
import io.github.pkceauth.oidc.IdTokenDoor;
import java.util.Map;
import java.util.Optional;

/** The filter as its README deploys it, for a confidential client. */
public final class PkceContestant implements Contestant {

    @Override
    public String name() {
        return "PkceAuthFilter" + Contestant.versionOf(PkceAuthFilter.class);
    }

    @Override
    public Optional<Deployed> filter(Settings settings) {
        return Optional.of(new Deployed(
                new PkceAuthFilter(),
                Map.of(
                        "issuer", settings.issuer(),
                        "clientId", settings.clientId(),
                        "clientSecret", Settings.CLIENT_SECRET,
                        "rolesClaim", Settings.ROLES_CLAIM,
                        "publicPaths", String.join(" ", settings.publicPaths()))));
    }

    @Override
    public Optional<TokenCheck> tokenCheck(Settings settings) throws Exception {
        return Optional.of(new IdTokenDoor(settings.issuer(), settings.clientId())::verify);
    }
}
