package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How an honest provider is set up, and who is signed in at it. Thread-safe. */
final class Honesty {
    /** The user of the provider's own session, and by which class the user signed in; empty where it does not say. */
    record SignedIn(TestUser user, String sid, long since, String acr) {
        SignedIn by(String otherAcr) {
            return new SignedIn(user, sid, since, otherAcr);
        }

        SignedIn at(long time) {
            return new SignedIn(user, sid, time, acr);
        }
    }

    final Grants grants = new Grants();
    final ProviderKeys keys = new ProviderKeys();
    final Assurance assurance = new Assurance();
    final Set<String> registeredUris = ConcurrentHashMap.newKeySet();
    final Map<String, String> furtherPaths = new ConcurrentHashMap<>();
    volatile String issuerPath = "";
    volatile String clientId = "the-client";
    volatile String clientSecret = "";
    volatile boolean saysIss = true;
    volatile boolean saysRevocation = true;
    volatile boolean showsLoginForm;
    volatile boolean heedsAcrValues = true;
    volatile boolean heedsMaxAge = true;
    volatile List<String> acrs = List.of();
    volatile boolean jwtAccessTokens;
    volatile boolean issuesRefreshTokens = true;
    volatile boolean rotatesRefreshTokens = true;
    volatile boolean refreshesIdTokens = true;
    volatile Duration accessTokenLife = Duration.ofHours(1);
    volatile Duration idTokenLife = Duration.ofHours(1);
    volatile JWSAlgorithm signingAlgorithm = JWSAlgorithm.RS256;
    volatile SignedIn signedIn = newSession(TestUser.named("alice"));

    void signIn(TestUser user) {
        signedIn = newSession(user);
    }

    /** The user stays known, and is signed in afresh when next asked. */
    void endSession() {
        signIn(signedIn.user());
    }

    boolean accepts(String redirectUri) {
        return registeredUris.isEmpty() || registeredUris.contains(redirectUri);
    }

    /** Whether the client has nothing to authenticate by. */
    boolean clientIsPublic() {
        return clientSecret.isEmpty() && assurance.clientMethods().contains("none");
    }

    /** The endpoint that is meant by a path, which may be one that a product has for it. */
    String endpoint(String path) {
        return furtherPaths.getOrDefault(path, path);
    }

    /** Whether what has come is an authorization request, by whichever way. */
    boolean takesRequests(RecordedRequest request) {
        String endpoint = endpoint(request.path());
        return endpoint.equals(ScriptedProvider.AUTHORIZE) || endpoint.equals(ScriptedProvider.PAR);
    }

    private SignedIn newSession(TestUser user) {
        return new SignedIn(
                user, grants.invent("sid"), Instant.now().getEpochSecond(), acrs.isEmpty() ? "" : acrs.get(0));
    }
}
