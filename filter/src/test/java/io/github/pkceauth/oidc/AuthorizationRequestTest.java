package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            Optional.empty(),
            false,
            Samples.signingBy(JWSAlgorithm.RS256));

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
                Optional.empty(),
                ResponseMode.FORM_POST,
                Optional.empty(),
                List.of(Map.entry("prompt", "login"), Map.entry("hint", "a b&c")),
                Optional.empty(),
                Assurance.USUAL);

        assertEquals(
                SMALLEST
                        + "&response_mode=form_post&audience=https%3A%2F%2Fapi.example%2F&resource=urn%3Aa"
                        + "&resource=urn%3Ab&prompt=login&hint=a%20b%26c",
                new AuthorizationRequest(client).uri(PROVIDER, Samples.attempt(false), List.of()));
    }

    @Test
    void whatTheSignInMustBeLikeStandsBehindIt() {
        AuthorizationRequest request = new AuthorizationRequest(Samples.client());

        assertEquals(
                SMALLEST + "&acr_values=urn%3Agold%20silver&max_age=0",
                request.uri(PROVIDER, attempt("the-state", required("urn:gold silver", 0)), List.of()));
        assertEquals(
                SMALLEST + "&max_age=300", request.uri(PROVIDER, attempt("the-state", required("", 300)), List.of()));
        assertEquals(
                SMALLEST + "&acr_values=gold",
                request.uri(PROVIDER, attempt("the-state", required("gold", -1)), List.of()));
        assertEquals(SMALLEST, request.uri(PROVIDER, Samples.attempt(false), List.of()));
    }

    @Test
    void hintsStandBehindIt() {
        assertEquals(
                SMALLEST + "&login_hint=a%26b&ui_locales=de%20en",
                new AuthorizationRequest(Samples.client())
                        .uri(
                                PROVIDER,
                                Samples.attempt(false),
                                List.of(Map.entry("login_hint", "a&b"), Map.entry("ui_locales", "de en"))));
    }

    /** RFC 6749 section 3.1: no parameter twice. */
    @Test
    void aHintGoesBeforeWhatAllRequestsHaveOfItsName() {
        AuthorizationRequest request = new AuthorizationRequest(
                client(Optional.empty(), List.of(Map.entry("ui_locales", "en"), Map.entry("connection", "x"))));

        assertEquals(
                SMALLEST + "&connection=x&ui_locales=de",
                request.uri(PROVIDER, Samples.attempt(false), List.of(Map.entry("ui_locales", "de"))));
        assertEquals(
                SMALLEST + "&ui_locales=en&connection=x", request.uri(PROVIDER, Samples.attempt(false), List.of()));
    }

    @Test
    void aPromptIsAskedForOnceAndByASilentLoginNot() {
        AuthorizationRequest request = new AuthorizationRequest(client(Optional.of("login consent"), List.of()));
        List<Map.Entry<String, String>> hints = List.of(Map.entry("login_hint", "a"));

        assertEquals(SMALLEST + "&prompt=login%20consent", request.uri(PROVIDER, Samples.attempt(false), List.of()));
        assertEquals(
                SMALLEST + "&login_hint=a&max_age=5&prompt=login%20consent",
                request.uri(PROVIDER, attempt("the-state", required("", 5)), hints));
        assertEquals(
                SMALLEST.replace("the-state", "the-state.silent") + "&prompt=none",
                request.uri(PROVIDER, attempt("the-state.silent", AuthenticationRequirements.NONE), List.of()));
    }

    /** R10: whatever all of them bring, each comes once. */
    @Test
    void noParameterComesTwice() {
        AuthorizationRequest request = new AuthorizationRequest(
                client(Optional.of("login"), List.of(Map.entry("login_hint", "all"), Map.entry("ui_locales", "en"))));
        String query = URI.create(request.uri(
                        PROVIDER,
                        attempt("the-state", required("gold", 5)),
                        List.of(Map.entry("login_hint", "one"), Map.entry("ui_locales", "de"))))
                .getRawQuery();

        List<String> names = List.of(query.split("&", -1)).stream()
                .map(pair -> pair.substring(0, pair.indexOf('=')))
                .toList();
        assertEquals(List.copyOf(new LinkedHashSet<>(names)), names);
    }

    private static AuthenticationRequirements required(String acr, long maxAge) {
        return new AuthenticationRequirements(acr, maxAge);
    }

    private static Client client(Optional<String> prompt, List<Map.Entry<String, String>> extra) {
        return new Client(
                Samples.CLIENT_ID,
                new ClientAuthentication.None(),
                Optional.empty(),
                "openid profile",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ResponseMode.QUERY,
                prompt,
                extra,
                Optional.empty(),
                Assurance.USUAL);
    }

    private static LoginAttempt attempt(String state, AuthenticationRequirements required) {
        LoginAttempt sample = Samples.attempt(false);
        return new LoginAttempt(
                state,
                sample.nonce(),
                sample.codeVerifier(),
                sample.issuer(),
                sample.issuerExpected(),
                sample.redirectUri(),
                sample.target(),
                sample.startedAt(),
                sample.expiresAt(),
                null,
                required,
                null);
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
                AuthenticationRequirements.NONE,
                null);
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
