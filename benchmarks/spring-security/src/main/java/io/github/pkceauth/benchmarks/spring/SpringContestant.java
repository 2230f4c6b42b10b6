package io.github.pkceauth.benchmarks.spring;

import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Deployed;
import io.github.pkceauth.benchmarks.Settings;
import io.github.pkceauth.benchmarks.TokenCheck;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.SpringSecurityCoreVersion;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Spring Security's {@code oauth2Login}, of whichever version is on the class path. */
public final class SpringContestant implements Contestant {

    @Override
    public String name() {
        return "Spring Security" + Contestant.versionOf(SpringSecurityCoreVersion.class);
    }

    @Override
    public Optional<Deployed> filter(Settings settings) {
        return Optional.of(new Deployed(new SpringFilter(settings), Map.of()));
    }

    /** The nonce is no part of it: another class compares it, and its hash is all that there is to it. */
    @Override
    public Optional<TokenCheck> tokenCheck(Settings settings) {
        ClientRegistration registration = SecurityConfiguration.registration(settings);
        OidcIdTokenDecoderFactory factory = new OidcIdTokenDecoderFactory();
        factory.setJwsAlgorithmResolver(
                any -> SignatureAlgorithm.from(settings.clientId().endsWith("es256") ? "ES256" : "RS256"));
        JwtDecoder decoder = factory.createDecoder(registration);
        return Optional.of((idToken, nonce, accessToken) -> {
            Instant expiry = decoder.decode(idToken).getExpiresAt();
            if (expiry == null) {
                throw new IllegalStateException("no exp");
            }
            return expiry;
        });
    }
}
