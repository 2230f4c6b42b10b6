package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.Issuers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters that say who comes in, and how: modes, tenants, and what a link to the login may say. */
class WaysInConfigTest {

    private static final String OF_TENANTS = "https://login.example.com/{tenantid}/v2.0";
    private static final String METADATA =
            "https://login.example.com/organizations/v2.0/.well-known/openid-configuration";

    private static String problemWith(String parameter, String value) {
        return DeploymentBuilder.minimal().initParam(parameter, value).problem();
    }

    @Test
    void everyPageNeedsALoginUnlessTheDeploymentSaysOtherwise() {
        Access access = DeploymentBuilder.minimal().config().access();
        assertFalse(access.optional());
        assertFalse(access.silentLogin());
        assertTrue(DeploymentBuilder.minimal()
                .initParam("mode", "optional")
                .config()
                .access()
                .optional());
    }

    @ParameterizedTest
    @CsvSource({"mode,Optional", "mode,public", "silentLogin,yes", "keepFragment,1", "forwardedParameters,prompt"})
    void anythingElseThanTheirWordsIsAProblem(String parameter, String value) {
        assertTrue(problemWith(parameter, value).contains(parameter + " = '" + value + "'"));
    }

    @Test
    void hintsAreNamedOneByOne() {
        assertEquals(
                Set.of("login_hint", "ui_locales"),
                DeploymentBuilder.minimal()
                        .initParam("forwardedParameters", "ui_locales login_hint")
                        .config()
                        .forwardedParameters());
    }

    @Test
    void aParameterOfTheDeploymentsOwnIsNotTheLinksAsWell() {
        String problem = DeploymentBuilder.minimal()
                .initParam("forwardedParameters", "login_hint")
                .initParam("authorizationParameters", "login_hint=alice")
                .problem();

        assertTrue(problem.contains("authorizationParameters sets login_hint already"), problem);
    }

    @Test
    void silentLoginIsOpenIdConnectsAlone() {
        String problem = DeploymentBuilder.minimal()
                .initParam("silentLogin", "true")
                .initParam("scope", "profile")
                .initParam("principalClaim", "login")
                .problem();

        assertTrue(problem.contains("add openid to scope"), problem);
    }

    // Tenants

    private static DeploymentBuilder ofTenants(String tenants) {
        return DeploymentBuilder.minimal()
                .initParam("issuer", OF_TENANTS)
                .initParam("tenants", tenants)
                .initParam("metadataUrl", METADATA);
    }

    @Test
    void tenantsStandInPlaceOfThePlaceholder() {
        Issuers issuers = ofTenants("one two").config().provider().issuers();

        assertEquals(new Issuers(OF_TENANTS, List.of("one", "two")), issuers);
        assertTrue(issuers.contain("https://login.example.com/two/v2.0"));
        assertFalse(issuers.contain("https://login.example.com/three/v2.0"));
        assertFalse(issuers.contain(OF_TENANTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "one,two", "one/../two", "one consumers", "*", "{tenantid}"})
    void onlyTenantsThatAreNamedAreTrusted(String tenants) {
        String problem = ofTenants(tenants).problem();

        assertTrue(problem.contains("is no tenant; write the tenants' ids"), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com/common/v2.0",
                "https://login.example.com/{tenantid}/{tenantid}",
                "https://login.example.com/{tenant}/v2.0",
                "https://{tenantid}.example.com/"
            })
    void theIssuerOfTenantsHasThePlaceholderOnceInItsPath(String issuer) {
        String problem = ofTenants("one").initParam("issuer", issuer).problem();

        assertTrue(problem.contains("{tenantid}"), problem);
    }

    @Test
    void thePlaceholderWithoutTenantsIsAProblem() {
        String problem =
                DeploymentBuilder.minimal().initParam("issuer", OF_TENANTS).problem();

        assertTrue(problem.contains("name the tenants whose users may sign in, in tenants"), problem);
    }

    @Test
    void theMetadataOfManyTenantsIsAtNoneOfThem() {
        String problem = DeploymentBuilder.minimal()
                .initParam("issuer", OF_TENANTS)
                .initParam("tenants", "one")
                .problem();

        assertTrue(problem.contains("name it in metadataUrl"), problem);
    }

    @Test
    void noticesOfLogoutsAreOfOneIssuerAlone() {
        String problem =
                ofTenants("one").initParam("backchannelLogoutPath", "/bye").problem();

        assertTrue(problem.contains("remove backchannelLogoutPath"), problem);
    }

    // Several filters

    @Test
    void aSecretForAllFiltersIsNotSentToTheProviderOfOne() {
        String problem = DeploymentBuilder.empty()
                .named("partner")
                .besides("pkce")
                .environment("PKCE_PARTNER_ISSUER", DeploymentBuilder.ISSUER)
                .environment("PKCE_PARTNER_CLIENT_ID", "the-client")
                .environment("PKCE_CLIENT_SECRET", "the-secret-of-another")
                .problem();

        assertTrue(problem.contains("name it PKCE_PARTNER_CLIENT_SECRET"), problem);
        assertFalse(problem.contains("the-secret-of-another"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN_ENDPOINT", "REVOCATION_ENDPOINT", "METADATA_URL"})
    void norToAnEndpointOfOne(String receiver) {
        String problem = DeploymentBuilder.empty()
                .named("partner")
                .besides("pkce")
                .environment("PKCE_ISSUER", DeploymentBuilder.ISSUER)
                .environment("PKCE_PARTNER_" + receiver, "https://partner.example/x")
                .environment("PKCE_CLIENT_ID", "the-client")
                .environment("PKCE_CLIENT_SECRET", "the-secret-of-another")
                .problem();

        assertTrue(problem.contains("name it PKCE_PARTNER_CLIENT_SECRET"), problem);
    }

    @Test
    void noneIsSentWhereTheClientDoesNotProveItself() {
        assertEquals(
                "partner",
                DeploymentBuilder.empty()
                        .named("partner")
                        .besides("pkce")
                        .environment("PKCE_PARTNER_ISSUER", DeploymentBuilder.ISSUER)
                        .environment("PKCE_PARTNER_CLIENT_ID", "the-client")
                        .environment("PKCE_PARTNER_CLIENT_AUTHENTICATION", "none")
                        .environment("PKCE_CLIENT_SECRET", "the-secret-of-another")
                        .config()
                        .filterName());
    }

    @Test
    void theOnlyFilterMayMixItsNames() {
        assertEquals(
                "partner",
                DeploymentBuilder.empty()
                        .named("partner")
                        .environment("PKCE_PARTNER_ISSUER", DeploymentBuilder.ISSUER)
                        .environment("PKCE_CLIENT_ID", "the-client")
                        .environment("PKCE_CLIENT_SECRET", "its-own-secret")
                        .config()
                        .filterName());
    }
}
