package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Good ID tokens that were signed once, with keys that were thrown away: nobody can sign another, so whatever else is
 * accepted is forged. They are seeds of {@link IdTokenFuzzTest}; their keys are beside it.
 */
enum SignedOnce {
    RS256,
    PS256,
    ES256,
    EDDSA,
    HS256;

    /** The one key that is known: what is signed with it is not forged, but nothing else was ever signed. */
    static final String SECRET = "a secret of thirty-two bytes or more";

    static final String ACCESS_TOKEN = "s3cr3t-access-token";

    private static final String SEEDS = "IdTokenFuzzTestInputs/nothingIsAcceptedButWhatWasSigned/";
    private static final Provider PROVIDER = new Provider(
            Samples.ISSUER,
            URI.create(Samples.ISSUER + "/authorize"),
            URI.create(Samples.ISSUER + "/token"),
            Optional.of(URI.create(Samples.ISSUER + "/jwks")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Samples.signingBy(SigningAlgorithms.ASYMMETRIC));

    private static final Offline OFFLINE = new Offline();
    private static final List<IdTokenVerifier> VERIFIERS =
            List.of(verifier(Optional.empty()), verifier(Optional.of(JWSAlgorithm.HS256)));

    /** The token in compact form. */
    String token() {
        return resource(SEEDS + "signed-with-" + name().toLowerCase(Locale.ROOT));
    }

    /** What is signed of a token, or of what looks like one. */
    static String signed(String token) {
        return token.substring(0, Math.max(0, token.lastIndexOf('.')));
    }

    /** Whether a token has the very header and payload of a good one. */
    static boolean isSignedOnce(String token) {
        return Arrays.stream(values())
                .anyMatch(original -> signed(original.token()).equals(signed(token)));
    }

    /** The token as a client with the provider's keys sees it. */
    static IdToken verifyByKeys(String token) throws AuthFailure {
        return verify(VERIFIERS.get(0), token);
    }

    /** The token as a client sees it that is registered for HS256. */
    static IdToken verifyBySecret(String token) throws AuthFailure {
        return verify(VERIFIERS.get(1), token);
    }

    private static IdToken verify(IdTokenVerifier verifier, String token) throws AuthFailure {
        OFFLINE.answers(200, resource("IdTokenFuzzTestKeys.json"));
        return verifier.verify(token, ACCESS_TOKEN, Samples.code(), PROVIDER);
    }

    private static IdTokenVerifier verifier(Optional<JWSAlgorithm> algorithm) {
        Secret secret = new Secret(SECRET);
        Client client =
                Samples.client(new ClientAuthentication.Basic(secret), Optional.of(secret), "openid", algorithm);
        return new IdTokenVerifier(
                client, Issuers.one(Samples.ISSUER), OFFLINE.keys(), Duration.ofSeconds(60), new TestClock());
    }

    private static String resource(String name) {
        try (InputStream in = SignedOnce.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
