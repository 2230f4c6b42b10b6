package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plain values to begin with. */
final class Samples {
    static final String ISSUER = "https://login.example.com";
    static final String CLIENT_ID = "the-client";

    private Samples() {}

    static LoginAttempt attempt(boolean issuerExpected) {
        return attempt(issuerExpected, null);
    }

    static LoginAttempt attempt(boolean issuerExpected, @Nullable SentForm form) {
        return new LoginAttempt(
                "the-state",
                "the-nonce",
                "a-verifier",
                ISSUER,
                issuerExpected,
                "https://app.example/callback",
                "/page",
                TestClock.START,
                TestClock.START.plus(Duration.ofMinutes(10)),
                form,
                AuthenticationRequirements.NONE);
    }

    static AuthorizationCode code() {
        return new AuthorizationCode("the-code", attempt(false));
    }

    static Client client() {
        return client(new ClientAuthentication.None(), Optional.empty());
    }

    static Client client(ClientAuthentication authentication, Optional<Secret> secret) {
        return client(authentication, secret, "openid profile", Optional.empty());
    }

    static Client client(
            ClientAuthentication authentication,
            Optional<Secret> secret,
            String scope,
            Optional<JWSAlgorithm> idTokenAlgorithm) {
        return new Client(
                CLIENT_ID,
                authentication,
                secret,
                scope,
                Optional.empty(),
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                idTokenAlgorithm);
    }

    static Provider provider() {
        return new Provider(
                ISSUER,
                URI.create(ISSUER + "/authorize"),
                URI.create(ISSUER + "/token"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Set.of(JWSAlgorithm.RS256));
    }

    static ProviderSettings settings(String issuer) {
        return new ProviderSettings(
                Issuers.one(issuer),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Map<String, String[]> parameters(String... namesAndValues) {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], new String[] {namesAndValues[i + 1]});
        }
        return parameters;
    }
}
