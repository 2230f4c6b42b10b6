package io.github.pkceauth.benchmarks.pac4j;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Deployed;
import io.github.pkceauth.benchmarks.Settings;
import io.github.pkceauth.benchmarks.TokenCheck;
import java.util.Map;
import java.util.Optional;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.profile.creator.TokenValidator;

/** pac4j's security filter and callback filter, as jakartaee-pac4j has them. */
public final class Pac4jContestant implements Contestant {

    @Override
    public String name() {
        return "pac4j" + Contestant.versionOf(OidcClient.class);
    }

    @Override
    public Optional<Deployed> filter(Settings settings) {
        return Optional.of(new Deployed(new Pac4jFilter(settings), Map.of()));
    }

    @Override
    public Optional<TokenCheck> tokenCheck(Settings settings) {
        OidcClient client = Pac4jFilter.client(settings);
        client.setCallbackUrl(settings.issuer());
        client.init();
        TokenValidator validator = new TokenValidator(
                client.getConfiguration(),
                client.getConfiguration().getOpMetadataResolver().load());
        return Optional.of(
                (idToken, nonce, accessToken) -> validator.validateIdToken(SignedJWT.parse(idToken), new Nonce(nonce)));
    }
}
