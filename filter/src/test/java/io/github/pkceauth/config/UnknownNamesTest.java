package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnknownNamesTest {

    @ParameterizedTest
    @CsvSource({
        "isuer, issuer",
        "ClientId, clientId",
        "client_id, clientId",
        "callbackpath, callbackPath",
        "roleClaim, rolesClaim",
        "clientSecretfile, clientSecretFile",
        "publicPath, publicPaths"
    })
    void anUnknownInitParamIsAProblemWithTheNameThatWasMeant(String written, String meant) {
        assertEquals(
                "init-param " + written + " is no parameter; did you mean " + meant + "?",
                DeploymentBuilder.minimal().initParam(written, "x").problem());
    }

    @Test
    void anUnknownContextParamOfOursIsAProblem() {
        assertEquals(
                "context-param pkce.isuer is no parameter; did you mean pkce.issuer?",
                DeploymentBuilder.minimal().contextParam("pkce.isuer", "x").problem());
    }

    @Test
    void nothingIsGuessedWhereNoNameIsNear() {
        assertEquals(
                "init-param zzzzzzzz is no parameter",
                DeploymentBuilder.minimal().initParam("zzzzzzzz", "x").problem());
    }

    @Test
    void anUnknownNameStaysOnItsLineAndShort() {
        assertEquals(
                "init-param x\uFFFDFAKE is no parameter",
                DeploymentBuilder.minimal().initParam("x\nFAKE", "x").problem());
        assertTrue(DeploymentBuilder.minimal()
                        .initParam("x".repeat(5000), "x")
                        .problem()
                        .length()
                < 500);
    }

    @Test
    void theValueOfAnUnknownNameIsNeverShown() {
        String message =
                DeploymentBuilder.minimal().initParam("clientSecrt", "s3cr3t").message();

        assertEquals(-1, message.indexOf("s3cr3t"), message);
    }

    @Test
    void unknownNamesOnTheSharedMachineAreWarnings() {
        assertEquals(
                List.of(
                        "system property pkce.isuer is no parameter; did you mean pkce.issuer?",
                        "environment variable PKCE_CLIENTID is no parameter; did you mean PKCE_CLIENT_ID?"),
                DeploymentBuilder.minimal()
                        .property("pkce.isuer", "x")
                        .environment("PKCE_CLIENTID", "x")
                        .read()
                        .warnings());
    }

    @Test
    void namesOfOthersAreNotLookedAt() {
        assertEquals(
                List.of(),
                DeploymentBuilder.minimal()
                        .property("java.home", "x")
                        .property("pkceless", "x")
                        .environment("PATH", "x")
                        .environment("PKCEX", "x")
                        .contextParam("log4jContextName", "x")
                        .read()
                        .warnings());
    }

    @ParameterizedTest
    @EnumSource(
            value = Source.Kind.class,
            names = {"SYSTEM_PROPERTY", "CONTEXT_PARAM"})
    void anotherFiltersNamesAreKnown(Source.Kind kind) {
        assertEquals(
                List.of(),
                DeploymentBuilder.minimal()
                        .besides("admin")
                        .with(kind, "pkce.admin.issuer", "https://other.example.com")
                        .with(kind, "pkce.admin.clientSecretFile", "/run/secrets/admin")
                        .read()
                        .warnings());
    }

    @Test
    void anotherFiltersEnvironmentVariablesAreKnownAndNotRead() {
        ConfigReader.Reading reading = DeploymentBuilder.minimal()
                .besides("admin-area")
                .environment("PKCE_ADMIN_AREA_ISSUER", "https://other.example.com")
                .environment("PKCE_ADMIN_AREA_CLIENT_ID_FILE", "/nowhere")
                .read();

        assertEquals(List.of(), reading.warnings());
        assertEquals(DeploymentBuilder.ISSUER, reading.config().provider().issuer());
    }

    @Test
    void anUnknownFiltersNamesAreUnknown() {
        assertEquals(
                "context-param pkce.logins.issuer is no parameter; did you mean pkce.login.issuer?",
                DeploymentBuilder.minimal()
                        .contextParam("pkce.logins.issuer", "x")
                        .problem());
    }

    @Test
    void aFilterNameThatMakesTwoParametersOneIsAMistake() {
        assertEquals(
                "the filter's name 'after' makes the environment variable PKCE_AFTER_LOGOUT_PATH mean two things:"
                        + " choose another <filter-name>",
                DeploymentBuilder.minimal().named("after").problem());
    }

    @Test
    void filterNamesThatDifferOnlyInSignsAreAMistake() {
        assertEquals(
                "the filter's name 'my.login' makes the environment variable PKCE_MY_LOGIN_ISSUER mean two things:"
                        + " choose another <filter-name>",
                DeploymentBuilder.minimal()
                        .named("my.login")
                        .besides("my-login")
                        .problem());
    }

    @Test
    void filterNamesThatShareNoVariableAreFine() {
        assertEquals(
                List.of(),
                DeploymentBuilder.minimal()
                        .named("login2")
                        .besides("login", "login3")
                        .read()
                        .warnings());
    }

    @Test
    void signsInAFilterNameAreUnderscoresInTheEnvironment() {
        assertEquals(
                "other",
                DeploymentBuilder.minimal()
                        .named("my login-2.é")
                        .environment("PKCE_MY_LOGIN_2___CLIENT_ID", "other")
                        .config()
                        .client()
                        .id());
    }
}
