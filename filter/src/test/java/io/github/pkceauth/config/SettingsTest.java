package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    /** A name of the client id, in the order in which they are asked. */
    record Name(Source.Kind kind, String name) {
        String file() {
            return name + (kind == Source.Kind.ENVIRONMENT ? "_FILE" : "File");
        }
    }

    private static final List<Name> BY_PRECEDENCE = List.of(
            new Name(Source.Kind.SYSTEM_PROPERTY, "pkce.my-login.clientId"),
            new Name(Source.Kind.SYSTEM_PROPERTY, "pkce.clientId"),
            new Name(Source.Kind.ENVIRONMENT, "PKCE_MY_LOGIN_CLIENT_ID"),
            new Name(Source.Kind.ENVIRONMENT, "PKCE_CLIENT_ID"),
            new Name(Source.Kind.CONTEXT_PARAM, "pkce.my-login.clientId"),
            new Name(Source.Kind.CONTEXT_PARAM, "pkce.clientId"),
            new Name(Source.Kind.INIT_PARAM, "clientId"));

    private static final String SECRET = "s3cr3t-value";

    @TempDir
    Path folder;

    static List<Name> names() {
        return BY_PRECEDENCE;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theFirstPlaceThatHasAValueWins(Name first) {
        DeploymentBuilder deployment = application();
        for (Name name : BY_PRECEDENCE.subList(BY_PRECEDENCE.indexOf(first), BY_PRECEDENCE.size())) {
            deployment.with(name.kind(), name.name(), "from " + name);
        }

        assertEquals("from " + first, deployment.config().client().id());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPlaceAlsoTakesTheNameOfAFile(Name name) throws IOException {
        DeploymentBuilder deployment = application().with(name.kind(), name.file(), file("client-of-file\n"));

        assertEquals("client-of-file", deployment.config().client().id());
        assertEquals(
                "issuer from init-param issuer, clientId from " + name.kind().label() + " " + name.file(),
                deployment.read().origins());
    }

    @ParameterizedTest
    @MethodSource("names")
    void bothFormsInOnePlaceAreAMistake(Name name) throws IOException {
        String problem = application()
                .with(name.kind(), name.name(), "x")
                .with(name.kind(), name.file(), file("y"))
                .problem();

        assertEquals(
                name.kind().label() + " " + name.name() + " and " + name.file() + " are both set: keep one", problem);
    }

    @Test
    void bothFormsAreAMistakeAlsoWhereAnEarlierPlaceHasAValue() throws IOException {
        String problem = application()
                .property("pkce.clientId", "first")
                .initParam("clientId", "x")
                .initParam("clientIdFile", file("y"))
                .problem();

        assertEquals("init-param clientId and clientIdFile are both set: keep one", problem);
    }

    @Test
    void aFileInAnEarlierPlaceWinsOverAValueInALater() throws IOException {
        assertEquals(
                "file",
                application()
                        .environment("PKCE_CLIENT_ID_FILE", file("file"))
                        .initParam("clientId", "value")
                        .config()
                        .client()
                        .id());
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, SECRET + "\n", SECRET + "\r\n"})
    void oneFinalLineBreakOfAFileIsDropped(String content) throws IOException {
        assertEquals(SECRET, secretOf(content));
    }

    @Test
    void ofASecretOnlyOneFinalLineBreakIsDropped() throws IOException {
        assertEquals(SECRET + "\n", secretOf(SECRET + "\n\n"));
        assertEquals(SECRET + "\r\n", secretOf(SECRET + "\r\n\r\n"));
        assertEquals(" " + SECRET + " ", secretOf(" " + SECRET + " \n"));
    }

    @Test
    void aSecretIsTakenToTheLetterAlsoWithoutAFile() {
        assertEquals(
                " " + SECRET + " ",
                DeploymentBuilder.minimal()
                        .initParam("clientSecret", " " + SECRET + " ")
                        .config()
                        .client()
                        .secret()
                        .orElseThrow()
                        .reveal());
    }

    @Test
    void whiteSpaceAroundOtherValuesIsLayout() {
        DeploymentBuilder deployment = DeploymentBuilder.empty()
                .initParam("issuer", "\n      " + DeploymentBuilder.ISSUER + "\n    ")
                .initParam("clientId", " the-client ");

        assertEquals(DeploymentBuilder.ISSUER, deployment.config().provider().issuer());
        assertEquals("the-client", deployment.config().client().id());
    }

    @Test
    void aFileIsReadAsUtf8() throws IOException {
        assertEquals("gehäim-€", secretOf("gehäim-€\n"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String missing = folder.resolve("missing").toString();

        assertEquals(
                "environment variable PKCE_CLIENT_SECRET_FILE names the file '" + missing + "', which does not exist",
                secretFile(missing).problem());
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedAndNotShown() throws IOException {
        Path file = folder.resolve("latin1");
        Files.write(file, "gehäim".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(
                "environment variable PKCE_CLIENT_SECRET_FILE names the file '" + file + "', which is not UTF-8 text",
                secretFile(file.toString()).problem());
    }

    @Test
    void aFolderInPlaceOfAFileIsRefused() {
        assertEquals(
                "environment variable PKCE_CLIENT_SECRET_FILE names the file '"
                        + folder
                        + "', which cannot be read (IOException)",
                secretFile(folder.toString()).problem());
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertEquals(
                "environment variable PKCE_CLIENT_SECRET_FILE names the file [hidden], which cannot be read"
                        + " (InvalidPathException)",
                secretFile("a\0b").problem());
    }

    @Test
    void anEmptyFileIsAMistake() throws IOException {
        assertEquals(
                "clientSecret (environment variable PKCE_CLIENT_SECRET_FILE) is empty: give it a value, or remove it"
                        + " altogether",
                secretFile(file("\n")).problem());
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyValueIsAMistakeAndNotAbsence(Param param) {
        DeploymentBuilder deployment = DeploymentBuilder.minimal().environment("PKCE_" + param.environmentName(), "  ");

        List<String> problems = deployment.problems();

        assertEquals(
                param.parameter()
                        + " (environment variable PKCE_"
                        + param.environmentName()
                        + ") is empty: give it a value, or remove it altogether",
                problems.get(0));
        assertEquals(1, problems.size(), problems::toString);
    }

    @Test
    void theSourceOfEveryParameterThatIsSetIsNamedInTheTablesOrder() {
        assertEquals(
                "issuer from environment variable PKCE_LOGIN_ISSUER, clientId from init-param clientId, clientSecret"
                        + " from system property pkce.login.clientSecret, scope from context-param pkce.scope",
                DeploymentBuilder.minimal()
                        .contextParam("pkce.scope", "openid")
                        .property("pkce.login.clientSecret", SECRET)
                        .environment("PKCE_LOGIN_ISSUER", "https://other.example.com")
                        .read()
                        .origins());
    }

    @Test
    void noSettingShowsASecret() {
        Setting secret = new Setting(Param.CLIENT_SECRET, SECRET, "init-param clientSecret", 0, false, false);
        Setting open = new Setting(Param.SCOPE, "open\u0007id", "init-param scope", 0, false, false);

        assertEquals("clientSecret = [hidden] (init-param clientSecret)", secret.toString());
        assertEquals("scope = 'open\uFFFDid' (init-param scope)", open.toString());
    }

    @Test
    void noSourceAndNoDeploymentShowsAValue() {
        Deployment deployment = application().initParam("clientSecret", SECRET).build();

        assertFalse(deployment.sources().toString().contains(SECRET), "a source shows the secret");
        assertFalse(deployment.toString().contains(SECRET), "a deployment shows the secret");
    }

    private static DeploymentBuilder application() {
        return DeploymentBuilder.empty().named("my-login").initParam("issuer", DeploymentBuilder.ISSUER);
    }

    private static DeploymentBuilder secretFile(String name) {
        return DeploymentBuilder.minimal().environment("PKCE_CLIENT_SECRET_FILE", name);
    }

    private String secretOf(String content) throws IOException {
        return secretFile(file(content))
                .config()
                .client()
                .secret()
                .orElseThrow()
                .reveal();
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "value", ""), content)
                .toString();
    }

    @Test
    void aSecretInPlaceOfAFileNameIsNotShown() {
        String problem = DeploymentBuilder.minimal()
                .environment("PKCE_CLIENT_SECRET_FILE", "s3cr3t-by-mistake")
                .problem();

        assertEquals(
                "environment variable PKCE_CLIENT_SECRET_FILE names the file [hidden], which does not exist", problem);
    }
}
