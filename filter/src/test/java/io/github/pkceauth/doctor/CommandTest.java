package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments, exit codes, and the two forms of the report. */
class CommandTest {

    @AutoClose
    private final ScriptedProvider provider = HealthyProvider.start();

    // Arguments

    @Test
    void helpIsWrittenWithoutAnyConfiguration() {
        Outcome outcome = Visit.empty().arguments("--help").told();

        assertEquals(0, outcome.exit());
        assertTrue(outcome.out().contains("--web-xml FILE"), outcome.out());
        assertEquals("", outcome.err());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "--color, \"'--color' is no option: --web-xml FILE, --filter NAME, --json and --help are\"",
                "web.xml, \"'web.xml' is no option: --web-xml FILE, --filter NAME, --json and --help are\"",
                "--web-xml, --web-xml needs a value behind it",
                "--filter --json, --filter needs a value behind it",
                "--filter a --filter b, --filter is there twice: keep one"
            })
    void argumentsThatAreNoneAreOneLineAndExitCode2(String arguments, String line) {
        Outcome outcome = Visit.to(provider).arguments(arguments.split(" ", -1)).told();

        assertEquals(2, outcome.exit());
        assertEquals(arguments.contains("--json") ? "" : line + System.lineSeparator(), outcome.err());
        assertEquals(0, provider.requests().size());
    }

    @Test
    void machinesAreToldInJsonOfArgumentsThatAreNone() {
        Outcome outcome = Visit.to(provider).arguments("--color").examined();

        assertEquals(2, outcome.exit());
        assertEquals(
                "'--color' is no option: --web-xml FILE, --filter NAME, --json and --help are",
                Json.string(outcome.findings().get(0), "message"));
        assertEquals(List.of(Code.COMMAND_LINE_INVALID.code()), outcome.codes(Level.FAIL));
    }

    // The configuration

    @Test
    void allMistakesOfTheConfigurationAreToldAsTheFilterTellsThem() {
        Outcome outcome = Visit.empty().with("clockSkew", "a minute").told();

        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        assertEquals(
                List.of(
                        "PkceAuthFilter 'pkce' does not start, because of 3 problems in its configuration:",
                        "  1. clientId is missing: write the client id that the provider issued",
                        "  2. issuer is missing: write the provider's issuer identifier, for example"
                                + " https://login.example.com/",
                        "  3. clockSkew = 'a minute' (system property pkce.clockSkew): write an ISO 8601 duration, for"
                                + " example PT30S or PT10M"),
                outcome.err().lines().toList());
    }

    @Test
    void machinesAreToldTheMistakesOneByOne() {
        Outcome outcome = Visit.empty().with("clockSkew", "a minute").examined();

        assertEquals(2, outcome.exit());
        assertEquals(3, outcome.findings().size());
        assertEquals(
                List.of(Code.CONFIGURATION_INVALID.code()),
                outcome.codes(Level.FAIL).stream().distinct().toList());
        assertEquals(Map.of(), outcome.register());
    }

    @Test
    void nothingIsAskedOfAProviderWhileTheConfigurationIsNoUse() {
        assertEquals(2, Visit.to(provider).with("scope", "a,b").examined().exit());
        assertEquals(0, provider.requests().size());
    }

    @Test
    void mistakesShowNoSecret() {
        provider.withClientSecret("correct-horse-battery-staple");

        Outcome outcome =
                Visit.to(provider).with("idTokenSignedResponseAlg", "HS256").told();

        assertEquals(2, outcome.exit());
        outcome.keepsSecretsOf(provider);
    }

    @Test
    void whatTheFilterWouldWarnOfIsAWarning() {
        String message = Visit.to(provider)
                .environment("PKCE_SCOP", "openid")
                .examined()
                .warnsOf(Code.CONFIGURATION_WARNING)
                .message(Code.CONFIGURATION_WARNING);

        assertEquals("environment variable PKCE_SCOP is no parameter; did you mean PKCE_SCOPE?", message);
    }

    @Test
    void theSourcesOfAllParametersAreTold() {
        assertEquals(
                "issuer from system property pkce.issuer, clientId from system property pkce.clientId, scope from"
                        + " environment variable PKCE_SCOPE, baseUrl from system property pkce.baseUrl",
                Visit.to(provider)
                        .environment("PKCE_SCOPE", "openid")
                        .examined()
                        .warnsOf()
                        .message(Code.CONFIGURATION_READ));
    }

    @Test
    void theFiltersNameLeadsToItsOwnSettings() {
        Outcome outcome = Visit.to(provider)
                .without("clientId")
                .environment("PKCE_ADMIN_CLIENT_ID", provider.clientId())
                .arguments("--filter", "admin")
                .examined()
                .warnsOf();

        assertEquals("admin", outcome.json().get("filter"));
    }

    /** As the filter does, which would not start like that beside another. */
    @Test
    void aSecretForAllFiltersIsNotSentToTheProviderOfOne() {
        Outcome outcome = Visit.to(provider)
                .without("clientId")
                .without("issuer")
                .environment("PKCE_PARTNER_ISSUER", provider.issuer())
                .environment("PKCE_PARTNER_CLIENT_ID", provider.clientId())
                .environment("PKCE_CLIENT_SECRET", "the-secret-of-another")
                .arguments("--filter", "partner")
                .examined();

        assertTrue(outcome.out().contains("PKCE_PARTNER_CLIENT_SECRET"), outcome::out);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aStoreOfTheApplicationsIsNotLookedFor() {
        Visit.to(provider).with("sharedCache", "no-such-cache").examined().warnsOf();
    }

    // The base address

    @Test
    void theBaseAddressIsWhereEverythingIsRegistered() {
        Map<String, Object> register = Visit.to(provider).examined().warnsOf().register();

        assertEquals(List.of(Visit.BASE + "/callback"), register.get("redirect_uris"));
        assertEquals(List.of(Visit.BASE + "/"), register.get("post_logout_redirect_uris"));
        assertEquals(Visit.BASE + "/login", register.get("initiate_login_uri"));
    }

    @Test
    void anUnknownBaseAddressIsAPlaceToFillIn() {
        Outcome outcome = Visit.to(provider).without("baseUrl").examined().warnsOf(Code.BASE_URL_UNKNOWN);

        assertEquals(
                List.of("https://<host><context path>/callback"),
                outcome.register().get("redirect_uris"));
    }

    @Test
    void proxiesThatTellTheBaseAddressAreAsGoodAsIt() {
        Outcome outcome = Visit.to(provider)
                .without("baseUrl")
                .with("forwardedHeaders", "forwarded")
                .with("trustedProxies", "10.0.0.0/8")
                .examined();

        assertEquals(
                "the base address comes from proxies, by forwardedHeaders=forwarded", outcome.message(Code.BASE_URL));
    }

    @Test
    void aBaseAddressInTheOpenIsAWarning() {
        Outcome outcome = Visit.to(provider)
                .with("allowInsecureHttp", "true")
                .with("baseUrl", "http://www.example.com")
                .examined()
                .warnsOf(Code.CONFIGURATION_WARNING, Code.BASE_URL_INSECURE);

        assertEquals(
                List.of("http://www.example.com/callback"), outcome.register().get("redirect_uris"));
    }

    // The report

    @Test
    void theReportForPeopleIsPlainTextOfAHundredColumns() {
        provider.withClientSecret("correct-horse-battery-staple")
                .metadata()
                .without("end_session_endpoint")
                .with("scopes_supported", List.of("openid"));

        Outcome outcome = Visit.to(provider).told().isPlainText().keepsSecretsOf(provider);

        assertEquals(0, outcome.exit());
        assertEquals("", outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals("PkceAuthFilter 'pkce': client the-client at " + provider.issuer(), lines.get(0));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 100), outcome.out());
        assertTrue(
                lines.contains(
                        "[warn] scope_not_announced: scope has email, profile, which the provider does not announce"),
                outcome.out());
        assertTrue(lines.contains("To register at the provider:"), outcome.out());
        assertTrue(lines.contains("  redirect_uris                 " + Visit.BASE + "/callback"), outcome.out());
        assertEquals(
                "Nothing is wrong, 2 should be looked at. Exit code 0.", lines.get(lines.size() - 1), outcome.out());
    }

    @Test
    void theReportForMachinesIsOneLineOfAsciiWithItsFiveMembers() {
        Outcome outcome = Visit.to(provider).with("clientId", "Gr\u00FC\u00DFe").examined();

        assertEquals(1, outcome.out().lines().count());
        assertTrue(outcome.out().strip().chars().allMatch(c -> c >= ' ' && c < 0x7F), outcome.out());
        assertEquals(
                List.of("filter", "issuer", "findings", "register", "exit"),
                List.copyOf(outcome.json().keySet()));
        assertEquals("Gr\u00FC\u00DFe", outcome.register().get("client_id"));
        assertEquals(provider.issuer(), outcome.json().get("issuer"));
        outcome.findings()
                .forEach(finding ->
                        assertEquals(List.of("level", "code", "message", "mend"), List.copyOf(finding.keySet())));
    }

    // web.xml

    @TempDir
    private Path folder;

    @Test
    void webXmlIsReadAsTheApplicationReadsIt() throws Exception {
        Path webXml = webXml("""
                <context-param><param-name>pkce.callbackPath</param-name><param-value>/context</param-value></context-param>
                <context-param><param-name>pkce.loginPath</param-name><param-value>/context-login</param-value></context-param>
                %s
                """.formatted(filter("login", """
                <init-param><param-name>loginPath</param-name><param-value>/own-login</param-value></init-param>
                <init-param><param-name>logoutPath</param-name><param-value> /own-logout </param-value></init-param>
                <init-param><param-name>afterLogoutPath</param-name><param-value>/bye</param-value></init-param>
                """)));

        Outcome outcome = Visit.to(provider)
                .with("afterLogoutPath", "/see-you")
                .environment("PKCE_LOGIN_CALLBACK_PATH", "/outside")
                .arguments("--web-xml", webXml.toString())
                .examined()
                .warnsOf(Code.CONFIGURATION_WARNING);

        assertEquals("login", outcome.json().get("filter"));
        assertEquals(List.of(Visit.BASE + "/outside"), outcome.register().get("redirect_uris"));
        assertEquals(List.of(Visit.BASE + "/see-you"), outcome.register().get("post_logout_redirect_uris"));
        assertEquals(Visit.BASE + "/context-login", outcome.register().get("initiate_login_uri"));
        assertTrue(outcome.message(Code.CONFIGURATION_READ).contains("logoutPath from init-param logoutPath"));
    }

    @Test
    void aMistakeInWebXmlIsAMistakeHere() throws Exception {
        Path webXml = webXml(filter("login", """
                <init-param><param-name>publicPath</param-name><param-value>/</param-value></init-param>
                """) + """
                <filter-mapping><filter-name>login</filter-name><url-pattern>/secure/*</url-pattern></filter-mapping>
                """);

        String problems = Visit.to(provider)
                .arguments("--web-xml", webXml.toString())
                .told()
                .err();

        assertTrue(problems.contains("init-param publicPath is no parameter; did you mean publicPaths?"), problems);
        assertTrue(problems.contains("callbackPath is '/callback', which is outside the filter's mappings"), problems);
    }

    @Test
    void amongSeveralFiltersOneIsNamed() throws Exception {
        Path webXml = webXml(filter("staff", "") + filter("guests", "") + """
                <filter><filter-name>other</filter-name><filter-class>com.example.Other</filter-class></filter>
                """);

        assertEquals(
                "web.xml has several filters of the kind, [staff, guests]: name one with --filter"
                        + System.lineSeparator(),
                Visit.to(provider)
                        .arguments("--web-xml", webXml.toString())
                        .told()
                        .err());
        assertTrue(Visit.to(provider)
                .arguments("--web-xml", webXml.toString(), "--filter", "other")
                .told()
                .err()
                .startsWith("web.xml has no filter of the name 'other' and the class"));
        assertEquals(
                "guests",
                Visit.to(provider)
                        .environment("PKCE_STAFF_SCOPE", "openid")
                        .arguments("--web-xml", webXml.toString(), "--filter", "guests")
                        .examined()
                        .warnsOf()
                        .json()
                        .get("filter"));
    }

    @Test
    void aWebXmlThatIsNoUseIsExitCode2() throws Exception {
        assertRefused(folder.resolve("nowhere.xml"), "', which does not exist");
        assertRefused(folder, "', which ");
        assertRefused(Files.writeString(folder.resolve("broken.xml"), "<web-app>"), "line 1, ");
        assertRefused(webXml("<filter/>"), "web.xml has no filter of the class io.github.pkceauth.PkceAuthFilter");
    }

    /** Else a file that somebody hands over could read others, or grow without end. */
    @Test
    void aDocumentTypeIsNotRead() throws Exception {
        Path bait = Files.writeString(folder.resolve("bait.txt"), "https://bait.example");
        String entity = "<!DOCTYPE web-app [<!ENTITY bait SYSTEM \"" + bait.toUri() + "\">]><web-app>"
                + filter(
                        "login",
                        "<init-param><param-name>baseUrl</param-name><param-value>&bait;</param-value></init-param>")
                + "</web-app>";

        String told = assertRefused(Files.writeString(folder.resolve("web.xml"), entity), "DOCTYPE");

        assertTrue(!told.contains("bait.example"), told);
    }

    private String assertRefused(Path webXml, String told) {
        Outcome outcome =
                Visit.to(provider).arguments("--web-xml", webXml.toString()).told();
        assertEquals(2, outcome.exit());
        assertTrue(outcome.err().contains(told), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        return outcome.out() + outcome.err();
    }

    private Path webXml(String content) throws Exception {
        return Files.writeString(
                folder.resolve("web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + content + "</web-app>");
    }

    private static String filter(String name, String parameters) {
        return "<filter><filter-name>" + name
                + "</filter-name><filter-class> io.github.pkceauth.PkceAuthFilter </filter-class>" + parameters
                + "</filter>";
    }
}
