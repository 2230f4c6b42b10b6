package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizationRequestTest {

    private static final Provider PROVIDER = new Provider(
            Samples.ISSUER,
            URI.create("https://login.example.com/authorize?tenant=7"),
            URI.create("https://login.example.com/token"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Set.of(JWSAlgorithm.RS256));

    private static final String SMALLEST = "https://login.example.com/authorize?tenant=7&response_type=code"
            + "&client_id=the-client&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&scope=openid%20profile"
            + "&state=the-state&nonce=the-nonce&code_challenge=" + Pkce.challenge("a-verifier")
            + "&code_challenge_method=S256";

    /** R2, R5, R6; the verifier itself stays here. */
    @Test
    void theSmallestRequestHasPkceStateAndNonce() {
        String uri = new AuthorizationRequest(Samples.client()).uri(PROVIDER, Samples.attempt(false), List.of());

        assertEquals(SMALLEST, uri);
        assertTrue(!uri.contains("a-verifier"), uri);
    }

    @Test
    void whatIsConfiguredIsAddedBehindIt() {
        Client client = new Client(
                Samples.CLIENT_ID,
                new ClientAuthentication.None(),
                Optional.empty(),
                "openid profile",
                Optional.of("https://api.example/"),
                List.of("urn:a", "urn:b"),
                true,
                Optional.empty(),
                List.of(Map.entry("prompt", "login"), Map.entry("hint", "a b&c")),
                Optional.empty());

        assertEquals(
                SMALLEST
                        + "&response_mode=form_post&audience=https%3A%2F%2Fapi.example%2F&resource=urn%3Aa"
                        + "&resource=urn%3Ab&prompt=login&hint=a%20b%26c",
                new AuthorizationRequest(client).uri(PROVIDER, Samples.attempt(false), List.of()));
    }

    @Test
    void eachRequestIsOfItsOwnAttempt() {
        AuthorizationRequest request = new AuthorizationRequest(Samples.client());
        LoginAttempt one = attempt("one", "https://app.example/callback");
        LoginAttempt other = attempt("other", "https://other.example/callback");
        String ofOne = request.uri(PROVIDER, one, List.of());

        assertEquals(
                SMALLEST.replace("the-state", "other").replace("app.example", "other.example"),
                request.uri(PROVIDER, other, List.of()));
        assertEquals(SMALLEST.replace("the-state", "one"), ofOne);
        assertEquals(ofOne, request.uri(PROVIDER, one, List.of()));
    }

    private static LoginAttempt attempt(String state, String redirectUri) {
        LoginAttempt sample = Samples.attempt(false);
        return new LoginAttempt(
                state,
                sample.nonce(),
                sample.codeVerifier(),
                sample.issuer(),
                sample.issuerExpected(),
                redirectUri,
                sample.target(),
                sample.startedAt(),
                sample.expiresAt(),
                null,
                AuthenticationRequirements.NONE);
    }

    /** R10: whatever the filter writes itself is on the list of what a deployment cannot add. */
    @Test
    void everyParameterOfOursIsReserved() {
        String query = URI.create(SMALLEST).getRawQuery() + "&response_mode=x&audience=x&resource=x";

        for (String pair : List.of(query.split("&", -1))) {
            String name = pair.substring(0, pair.indexOf('='));
            assertTrue(name.equals("tenant") || AuthorizationRequest.RESERVED.contains(name), name);
        }
    }
}
