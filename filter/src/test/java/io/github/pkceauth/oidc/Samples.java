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

    /** As most deployments have it. */
    static final Needs KEYS_NEEDED = needs(true, false);

    static final String ISSUER = "https://login.example.com";
    static final String CLIENT_ID = "the-client";

    private Samples() {}

    static Needs needs(boolean keys, boolean userinfo) {
        return new Needs(keys, keys, userinfo, Pushing.AUTO, false, false, false);
    }

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
                AuthenticationRequirements.NONE,
                null);
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
                Optional.empty(),
                ResponseMode.QUERY,
                Optional.empty(),
                List.of(),
                idTokenAlgorithm,
                Assurance.USUAL);
    }

    static Provider provider() {
        return provider(URI.create(ISSUER + "/token"));
    }

    static Provider provider(URI tokenEndpoint) {
        return new Provider(
                ISSUER,
                URI.create(ISSUER + "/authorize"),
                tokenEndpoint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Samples.signingBy(JWSAlgorithm.RS256));
    }

    /** What a provider signs with that signs everything by one algorithm, and takes whatever there is. */
    static ProviderAlgorithms signingBy(JWSAlgorithm algorithm) {
        return signingBy(Set.of(algorithm));
    }

    static ProviderAlgorithms signingBy(Set<JWSAlgorithm> algorithms) {
        return new ProviderAlgorithms(algorithms, algorithms, algorithms, Set.of(), Set.of());
    }

    /** Makes users of what is true in a test. */
    static Users users(ClaimRules rules, Http http, Keys keys) {
        TestClock clock = new TestClock();
        return new Users(
                rules,
                new UserinfoEndpoint(
                        http,
                        new JwtRules("userinfo", client(), keys, Duration.ZERO, clock),
                        Issuers.one(ISSUER),
                        ClientKeys.NONE,
                        DpopNonces.ofProvider(),
                        clock),
                new AccessTokenClaims(keys, SigningAlgorithms.ASYMMETRIC, Duration.ZERO, clock),
                clock);
    }

    static TokenEndpoint tokenEndpoint(Client client, Http http) {
        TestClock clock = new TestClock();
        return new TokenEndpoint(client, new AuthenticatedCalls(client, http, DpopNonces.ofProvider(), clock), clock);
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
