package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one try of the client, with a code that nobody issued. */
class ClientFindingsTest {

    private static final String SECRET = "correct-horse-battery-staple";
    private static final String METHODS = "token_endpoint_auth_methods_supported";

    @AutoClose
    private final ScriptedProvider provider = HealthyProvider.start();

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void aSecretThatIsRightIsAccepted(String method) {
        provider.withClientSecret(SECRET);

        Outcome outcome = Visit.to(provider)
                .with("clientAuthentication", method)
                .examined()
                .warnsOf()
                .keepsSecretsOf(provider);

        assertEquals(
                provider.address("/token") + " takes the client the-client by " + method
                        + ": it refused a made-up code, as it should (invalid_grant)",
                outcome.message(Code.CLIENT_ACCEPTED));
        assertEquals("confidential", outcome.register().get("client_type"));
        assertEquals(method, outcome.register().get("token_endpoint_auth_method"));
    }

    @Test
    void aPublicClientIsAcceptedToo() {
        Outcome outcome = Visit.to(provider).examined().warnsOf();

        assertTrue(outcome.has(Code.CLIENT_ACCEPTED));
        assertEquals("public", outcome.register().get("client_type"));
    }

    /** What is sent is what a login sends, except that the code is of no use to anybody. */
    @Test
    void whatIsSentIsWhatALoginSends() {
        Visit.to(provider).examined();

        Parameters form = provider.request(ScriptedProvider.TOKEN).form();
        assertEquals("authorization_code", form.get("grant_type"));
        assertEquals(Visit.BASE + "/callback", form.get("redirect_uri"));
        assertTrue(form.get("code_verifier").matches("[A-Za-z0-9_-]{43}"));
        assertTrue(form.get("code").matches("[A-Za-z0-9_-]{43}"));
        assertFalse(form.get("code").equals(form.get("code_verifier")));
    }

    @Test
    void withoutABaseUrlTheRedirectUriIsOfNobodysHost() {
        Visit.to(provider).without("baseUrl").examined().warnsOf(Code.BASE_URL_UNKNOWN);

        assertEquals(
                "https://application.invalid/callback",
                provider.request(ScriptedProvider.TOKEN).form().get("redirect_uri"));
    }

    @Test
    void aSecretThatIsWrongIsRefusedAndNeverShown() {
        provider.withClientSecret(SECRET);

        for (String method : List.of("client_secret_basic", "client_secret_post")) {
            Outcome outcome = Visit.to(provider)
                    .with("clientAuthentication", method)
                    .with("clientSecret", "not-the-secret-at-all")
                    .examined()
                    .wrongWith(Code.CLIENT_REFUSED)
                    .keepsSecretsOf(provider);

            assertFalse(outcome.out().contains("not-the-secret-at-all"));
            assertTrue(outcome.message(Code.CLIENT_REFUSED)
                    .contains("answered with status 401 and the error 'invalid_client: "));
            assertFalse(outcome.message(Code.CLIENT_REFUSED).contains("check"));
            assertTrue(outcome.mend(Code.CLIENT_REFUSED).startsWith("compare clientId, clientSecret"));
        }
    }

    @Test
    void aClientThatIsNotKnownIsRefused() {
        Visit.to(provider).with("clientId", "somebody").examined().wrongWith(Code.CLIENT_REFUSED);
    }

    @Test
    void whateverElseTheTokenEndpointSaysIsToldAsItIs() {
        provider.token()
                .answers(
                        400,
                        "application/json",
                        "{\"error\":\"unauthorized_client\",\"error_description\":\"no code flow\"}");
        assertTrue(Visit.to(provider)
                .examined()
                .warnsOf(Code.CLIENT_UNCERTAIN)
                .message(Code.CLIENT_UNCERTAIN)
                .contains("the error 'unauthorized_client: no code flow'"));

        provider.token().answers(403, "text/html", "<p>no</p>");
        assertTrue(Visit.to(provider)
                .examined()
                .warnsOf(Code.CLIENT_UNCERTAIN)
                .message(Code.CLIENT_UNCERTAIN)
                .endsWith("answered with status 403 and no error document"));

        provider.token().answers(200, "application/json", "{\"access_token\":\"a-token-for-nothing\"}");
        Outcome outcome = Visit.to(provider).examined().warnsOf(Code.CLIENT_UNCERTAIN);
        assertFalse(outcome.out().contains("a-token-for-nothing"));
    }

    @Test
    void anotherMethodThanIsAnnouncedIsWrong() {
        provider.withClientSecret(SECRET).metadata().with(METHODS, List.of("client_secret_post"));

        Outcome outcome = Visit.to(provider).examined().wrongWith(Code.CLIENT_AUTHENTICATION_UNSUPPORTED);

        assertEquals(
                "write clientAuthentication=client_secret_post", outcome.mend(Code.CLIENT_AUTHENTICATION_UNSUPPORTED));
    }

    @Test
    void withoutAWordOfMethodsThereIsBasic() {
        provider.withClientSecret(SECRET).metadata().without(METHODS);

        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.CLIENT_AUTHENTICATION));
    }

    /** Many a provider has public clients and does not say so. */
    @Test
    void aPublicClientThatIsNotAnnouncedIsAWarning() {
        provider.metadata().with(METHODS, List.of("client_secret_basic"));

        Visit.to(provider).examined().warnsOf(Code.CLIENT_AUTHENTICATION_NOT_ANNOUNCED);
    }
}
