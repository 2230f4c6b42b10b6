package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessReaderTest {

    private static final String NO_OPENID =
            "this is OpenID Connect's, and not in plain OAuth 2.0: add openid to scope, or remove it";

    @Test
    void nothingIsAskedWhereNothingIsSaid() {
        assertEquals(
                new Access(false, false, List.of(), AuthenticationRequirements.NONE, List.of(), List.of()),
                DeploymentBuilder.minimal().config().access());
    }

    @Test
    void everythingThatIsSaidIsAsked() {
        Config config = DeploymentBuilder.minimal()
                .initParam("publicPaths", "/public/*")
                .initParam("acrValues", "gold  silver")
                .initParam("maxAge", "PT1H")
                .initParam("prompt", "login")
                .initParam("stepUp", "/payments/* max_age=300")
                .initParam("rolesClaim", "roles")
                .initParam("roleRules", "/admin/* admin")
                .config();

        assertEquals(
                new Access(
                        false,
                        false,
                        List.of("/public/*"),
                        new AuthenticationRequirements("gold silver", 3600),
                        List.of(new PathRule<>("/payments/*", new AuthenticationRequirements("", 300))),
                        List.of(new PathRule<>("/admin/*", Set.of("admin")))),
                config.access());
        assertEquals(Optional.of("login"), config.client().prompt());
    }

    @ParameterizedTest
    @CsvSource({"acrValues, gold", "maxAge, PT5M", "stepUp, /payments/* acr=gold"})
    void plainOAuthSaysNothingOfTheSignIn(String parameter, String value) {
        assertEquals(
                parameter + " = '" + value + "' (init-param " + parameter + "): " + NO_OPENID,
                DeploymentBuilder.minimal()
                        .initParam("scope", "email")
                        .initParam("authorizationEndpoint", "https://login.example.com/authorize")
                        .initParam("tokenEndpoint", "https://login.example.com/token")
                        .initParam("userinfoEndpoint", "https://login.example.com/userinfo")
                        .initParam(parameter, value)
                        .problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1S", "P3651D"})
    void anAgeIsNoNegativeAndNoEndlessTime(String value) {
        assertTrue(
                DeploymentBuilder.minimal()
                        .initParam("maxAge", value)
                        .problem()
                        .contains("write a duration between PT0S and PT87600H"),
                value);
    }

    @Test
    void rolesNeedAPlaceToComeFrom() {
        assertEquals(
                "roleRules = '/a/* **; /admin/* admin' (init-param roleRules): nobody has a role without rolesClaim: say"
                        + " there where the provider sends them",
                DeploymentBuilder.minimal()
                        .initParam("roleRules", "/a/* **; /admin/* admin")
                        .problem());
    }

    @Test
    void whatIsForEverybodyNeedsNoRoles() {
        assertEquals(
                List.of(new PathRule<>("/public/members/*", Set.of("**"))),
                DeploymentBuilder.minimal()
                        .initParam("roleRules", "/public/members/* **")
                        .config()
                        .access()
                        .roles());
    }

    @Test
    void nobodyHasTheRoleOfAnAsterisk() {
        assertEquals(
                "roleRules = '/admin/* *' (init-param roleRules): nobody has the role '*'; write ** for everybody who is"
                        + " signed in",
                DeploymentBuilder.minimal()
                        .initParam("rolesClaim", "roles")
                        .initParam("roleRules", "/admin/* *")
                        .problem());
    }

    @Test
    void aPromptOfNobodysIsAMistake() {
        assertEquals(
                "prompt = 'login none' (init-param prompt): with none nobody could sign in; write login, consent or"
                        + " select_account, or see silentLogin",
                DeploymentBuilder.minimal().initParam("prompt", "login none").problem());
    }

    @Test
    void twoPromptsAreAMistake() {
        assertEquals(
                "prompt = 'login' (init-param prompt): authorizationParameters has a prompt as well: remove one of them",
                DeploymentBuilder.minimal()
                        .initParam("prompt", "login")
                        .initParam("authorizationParameters", "prompt=consent")
                        .problem());
    }

    @ParameterizedTest
    @CsvSource({"acr_values, acrValues", "max_age, maxAge"})
    void whatHasAParameterOfItsOwnIsNoFurtherOne(String name, String parameter) {
        assertTrue(DeploymentBuilder.minimal()
                .initParam("authorizationParameters", name + "=1")
                .problem()
                .endsWith(
                        "'" + name + "' is the filter's own and cannot be given here; remove it, or use the parameter "
                                + parameter));
    }
}
