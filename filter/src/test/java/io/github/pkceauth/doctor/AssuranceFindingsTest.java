package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestKeys;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a deployment wants beyond a usual login, held against what the provider announces. */
class AssuranceFindingsTest {

    @AutoClose
    private final ScriptedProvider provider = HealthyProvider.start()
            .withClientKey(TestKeys.p256())
            .requiringPushedRequests()
            .requiringDpop()
            .signingBy(JWSAlgorithm.ES256);

    private Visit visit() {
        return Visit.to(provider).with("profile", "fapi2").with("clientKey", ClientJwk.of(TestKeys.p256()));
    }

    @Test
    void aProviderThatHasItAllIsFine() {
        Outcome outcome = visit().examined().warnsOf();

        assertEquals(
                "authorization requests are pushed to " + provider.address("/par"),
                outcome.message(Code.PUSHED_REQUESTS));
        assertTrue(outcome.has(Code.BOUND_TOKENS));
        assertTrue(outcome.has(Code.CLIENT_ACCEPTED));
    }

    @Test
    void aClientIsTriedWithItsNonceToo() {
        provider.withDpopNonces();

        assertTrue(visit().examined().warnsOf().has(Code.CLIENT_ACCEPTED));
    }

    @Test
    void whatTheProviderHasNotIsWrong() {
        provider.metadata().without("pushed_authorization_request_endpoint");

        Outcome outcome = visit().examined().wrongWith(Code.ENDPOINT_MISSING);

        assertEquals("have it switched on at the provider", outcome.mend(Code.ENDPOINT_MISSING));
    }

    @Test
    void requestsThatMustBePushedAndMustNotAreAContradiction() {
        assertTrue(Visit.to(provider)
                .with("clientKey", ClientJwk.of(TestKeys.p256()))
                .with("senderConstraint", "dpop")
                .with("pushedAuthorization", "never")
                .examined()
                .wrongWith(Code.ASSURANCE_UNSUPPORTED)
                .message(Code.ASSURANCE_UNSUPPORTED)
                .contains("pushedAuthorization is never"));
    }

    @Test
    void algorithmsThatTheProfileHasNotAreToldOnce() {
        provider.metadata().with("id_token_signing_alg_values_supported", List.of("RS256"));

        Outcome outcome = visit().examined().wrongWith(Code.ASSURANCE_UNSUPPORTED);

        assertTrue(outcome.message(Code.ASSURANCE_UNSUPPORTED).contains("PS256, ES256 or EdDSA"));
        assertFalse(outcome.has(Code.ID_TOKEN_ALGORITHMS));
    }

    @Test
    void bindingThatIsNotAnnouncedIsAWarning() {
        provider.metadata().without("dpop_signing_alg_values_supported");

        visit().examined().warnsOf(Code.BOUND_TOKENS_NOT_ANNOUNCED);
    }

    @Test
    void anIssuerThatNeedNotBeNamedIsAWarning() {
        provider.metadata().without("authorization_response_iss_parameter_supported");

        visit().examined().warnsOf(Code.ISS_PARAMETER_REQUIRED);
    }

    @Test
    void aMethodThatIsNotAnnouncedIsNotMendedByASecret() {
        provider.metadata().with("token_endpoint_auth_methods_supported", List.of("client_secret_post"));

        assertEquals(
                "have private_key_jwt switched on there, or write one of what is announced",
                visit().examined()
                        .wrongWith(Code.CLIENT_AUTHENTICATION_UNSUPPORTED)
                        .mend(Code.CLIENT_AUTHENTICATION_UNSUPPORTED));
    }

    @Test
    void aKeyThatIsNotRegisteredIsToldAsOne() {
        Outcome outcome = Visit.to(provider)
                .with("profile", "fapi2")
                .with("clientKey", ClientJwk.of(TestKeys.ed25519()))
                .examined()
                .wrongWith(Code.CLIENT_REFUSED);

        assertTrue(outcome.mend(Code.CLIENT_REFUSED).contains("clientKey"), outcome.mend(Code.CLIENT_REFUSED));
    }
}
