package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.config.ConfigReader;
import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.config.Param;
import io.github.pkceauth.config.Source;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/recipes has its readers copy, run against providers of the shape that each product has. */
class RecipesTest {

    private static final Pattern OURS = Pattern.compile("(?m)^\\| `[^|\n]*\\|([^|\n]*)\\|[^|\n]*\\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+\\.md)[^)]*\\)");

    @AutoClose
    private final Logs logs = Logs.open();

    @TempDir
    private Path folder;

    private static Stream<Recipe> recipes() throws IOException {
        return Recipe.all();
    }

    private RecipeScene scene(String recipe, String product) throws IOException {
        return RecipeScene.of(recipe, product, folder);
    }

    // The pages

    @ParameterizedTest
    @MethodSource("recipes")
    void aRecipeIsAConfigurationWithoutAMistake(Recipe recipe) throws Exception {
        Source source = new Source(Source.Kind.INIT_PARAM, RecipeScene.withSecret(recipe, folder));
        List<String> warnings = ConfigReader.read(new Deployment(
                        "login", false, List.of(source), Set.of(), Optional.empty(), Map.of(), Optional.empty(), null))
                .warnings();

        boolean tellsOfNodes = recipe.page().contains("`sharedCache`");
        assertEquals(
                List.of(),
                warnings.stream()
                        .filter(warning -> !tellsOfNodes || !warning.contains("sharedCache"))
                        .toList());
    }

    @Test
    void theIndexLeadsToEveryPageAndEveryLinkSomewhere() throws IOException {
        String index = Files.readString(Recipe.FOLDER.resolve("README.md"));
        for (Path page : Recipe.pages()) {
            String name = page.getFileName().toString();
            assertTrue(name.equals("README.md") || index.contains("](" + name + ")"), name);
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.contains("://"))
                    .forEach(link -> assertTrue(Files.exists(Recipe.FOLDER.resolve(link)), name + ": " + link));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak-filter", "auth0-java-mvc-common", "pac4j", "mod-auth-openidc"})
    void everySettingOfWhatOneComesFromHasItsRow(String library) throws IOException {
        String page = Files.readString(Recipe.FOLDER.resolve("from-" + library + ".md"));
        List<String> cells = page.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" \\| ", 2)[0])
                .toList();
        List<String> missing =
                Files.readAllLines(Path.of("src/test/resources/recipes/settings/" + library + ".txt")).stream()
                        .filter(setting -> cells.stream().noneMatch(cell -> cell.contains("`" + setting + "`")))
                        .toList();

        assertEquals(List.of(), missing);
    }

    /** What the second column calls ours, but for what is no parameter: its cell is empty then. */
    @Test
    void whatTheTablesCallOursAreParameters() throws IOException {
        Set<String> known = Arrays.stream(Param.values()).map(Param::parameter).collect(Collectors.toSet());
        known.add("clientSecretFile");
        List<String> unknown = new ArrayList<>();
        for (Path page : Recipe.pages()) {
            OURS.matcher(Files.readString(page))
                    .results()
                    .flatMap(row -> CODE.matcher(row.group(1)).results())
                    .map(word -> word.group(1))
                    .filter(word -> !known.contains(word))
                    .forEach(unknown::add);
        }

        assertEquals(List.of(), unknown);
    }

    // What comes out

    @ParameterizedTest
    @CsvSource({
        "auth0, auth0, auth0|507f1f77bcf86cd799439011, editor, /oidc/logout",
        "okta, okta, alice@example.com, IT, /oauth2/default/v1/logout",
        "entra-id, entra-id, aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb, Reports.Read,"
                + " /11111111-2222-3333-4444-555555555555/oauth2/v2.0/logout",
        "keycloak, keycloak, alice, editor, /realms/demo/protocol/openid-connect/logout",
        "from-keycloak-filter, keycloak, alice, editor, /realms/demo/protocol/openid-connect/logout",
        "from-auth0-java-mvc-common, auth0, auth0|507f1f77bcf86cd799439011, editor, /oidc/logout",
        "from-pac4j, okta, alice@example.com, IT, /oauth2/default/v1/logout",
        "from-mod-auth-openidc, keycloak, alice, editor, /realms/demo/protocol/openid-connect/logout",
    })
    void nameRolesAndLogoutAreThoseOfThePage(String recipe, String product, String name, String role, String logout)
            throws IOException {
        try (RecipeScene scene = scene(recipe, product)) {
            Page page = scene.signIn("/page?role=" + role + "&role=admin");
            assertEquals(name, page.seen().remoteUser());
            assertTrue(page.seen().hasRole(role));
            assertFalse(page.seen().hasRole("admin"));

            scene.assertSignsOutBy(logout);
        }
    }

    @ParameterizedTest
    @CsvSource({"auth0, auth0", "okta, okta", "entra-id, entra-id", "from-auth0-java-mvc-common, auth0"})
    void refreshTokensAreAskedForByScope(String recipe, String product) throws IOException {
        try (RecipeScene scene = scene(recipe, product)) {
            assertTrue(List.of(scene.asked().get("scope").split(" ")).contains("offline_access"));
        }
    }

    /** Users come back by what pac4j had registered, from a login that the filter knows nothing of. */
    @Test
    void anAnswerToALoginOfPac4jLeadsToALoginAnew() throws IOException {
        try (RecipeScene scene = scene("from-pac4j", "okta")) {
            Page page = scene.open("/callback?client_name=OidcClient&code=of-pac4j&state=of-pac4j");

            assertTrue(page.isRedirect(), page::toString);
            assertEquals(
                    scene.provider.address("/oauth2/default/v1/authorize"),
                    page.redirectTarget().withoutQuery());
        }
    }

    // Keycloak

    @Test
    void keycloaksNoticeOfALogoutEndsTheLogin() throws IOException {
        try (RecipeScene scene = scene("keycloak", "keycloak")) {
            scene.signIn("/page");
            String registered = RecipeScene.OUTSIDE + "/backchannel-logout";
            assertTrue(List.of(Recipe.named("keycloak").registered()).contains(registered));

            assertEquals(
                    200,
                    scene.provider.sendsLogoutToken(scene.inside(registered)).status());

            assertTrue(scene.open("/page").isRedirect());
        }
    }

    @Test
    void keycloaksRolesOfOneClientAreFoundAsThePageSays() throws IOException {
        String rolesClaim = "access_token:resource_access.shop.roles";
        assertTrue(Recipe.named("keycloak").page().contains("`" + rolesClaim + "`"));
        try (RecipeScene scene =
                RecipeScene.of("keycloak", "keycloak", folder, app -> app.filterParam("rolesClaim", rolesClaim))) {
            Page page = scene.signIn("/page?role=cashier&role=editor");

            assertTrue(page.seen().hasRole("cashier"));
            assertFalse(page.seen().hasRole("editor"));
        }
    }

    // Entra ID

    /** Nobody can tell what such a user may do. */
    @Test
    void entraIdsUsersOfTooManyGroupsAreTurnedAwayAsThePageSays() throws IOException {
        assertTrue(Recipe.named("entra-id").page().contains("`roles_unavailable`"));
        try (RecipeScene scene =
                RecipeScene.of("entra-id", "entra-id", folder, app -> app.filterParam("rolesClaim", "groups"))) {
            scene.provider
                    .idToken()
                    .withClaim("_claim_names", Map.of("groups", "src1"))
                    .withClaim("_claim_sources", Map.of("src1", Map.of("endpoint", "https://graph.microsoft.com/x")));

            Page page = scene.signInFailing();

            assertEquals(502, page.status(), page::toString);
            assertTrue(logs.text().contains("roles_unavailable"), logs::text);
        }
    }

    private static final String OTHER_TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private static final String UNNAMED_TENANT = "99999999-8888-7777-6666-555555555555";

    private RecipeScene tenant(String ofIssuer, String tid) throws IOException {
        RecipeScene scene = scene("entra-id-tenants", "entra-id-tenants");
        scene.provider
                .idToken()
                .withIssuer(scene.atHome("https://login.microsoftonline.com/" + ofIssuer + "/v2.0"))
                .withClaim("tid", tid);
        return scene;
    }

    @Test
    void entraIdsUsersOfEachNamedTenantSignInAndOut() throws IOException {
        try (RecipeScene scene = scene("entra-id-tenants", "entra-id-tenants")) {
            Page page = scene.signIn("/page?role=Reports.Read&role=admin");
            assertEquals("aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb", page.seen().remoteUser());
            assertTrue(page.seen().hasRole("Reports.Read"));
            assertFalse(page.seen().hasRole("admin"));
            scene.assertSignsOutBy("/organizations/oauth2/v2.0/logout");
        }
        try (RecipeScene scene = tenant(OTHER_TENANT, OTHER_TENANT)) {
            assertEquals(
                    "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb",
                    scene.signIn("/page").seen().remoteUser());
        }
    }

    @ParameterizedTest
    @CsvSource({
        UNNAMED_TENANT + ", " + UNNAMED_TENANT,
        UNNAMED_TENANT + ", " + OTHER_TENANT,
        OTHER_TENANT + ", " + UNNAMED_TENANT,
        "{tenantid}, " + OTHER_TENANT,
        "organizations, " + OTHER_TENANT,
    })
    void entraIdsUsersOfOtherTenantsAreTurnedAway(String ofIssuer, String tid) throws IOException {
        try (RecipeScene scene = tenant(ofIssuer, tid)) {
            Page page = scene.signInFailing();

            assertEquals(502, page.status(), page::toString);
            assertTrue(logs.text().contains("id_token_issuer"), logs::text);
        }
    }

    // Google

    @Test
    void googleIsAskedForARefreshTokenAndItsDomainIsARole() throws IOException {
        try (RecipeScene scene = scene("google", "google")) {
            Parameters asked = scene.asked();
            assertEquals("offline", asked.get("access_type"));
            assertEquals("consent", asked.get("prompt"));

            Page page = scene.signIn("/page?role=example.com&role=example.org");
            assertEquals("110169484474386276334", page.seen().remoteUser());
            assertTrue(page.seen().hasRole("example.com"));
            assertFalse(page.seen().hasRole("example.org"));
        }
    }

    @Test
    void aGoogleAccountOfNoDomainIsTurnedAway() throws IOException {
        try (RecipeScene scene = scene("google", "google")) {
            scene.provider.idToken().withoutClaim("hd");

            assertEquals(403, scene.signIn("/page").status());
        }
    }

    @Test
    void aLogoutLeavesTheUserSignedInAtGoogle() throws IOException {
        try (RecipeScene scene = scene("google", "google")) {
            scene.signIn("/page");

            Page out = scene.signOut();

            assertEquals(RecipeScene.OUTSIDE + "/goodbye", out.location());
            assertTrue(scene.follow(out).seen().isAnonymous());
        }
    }

    // Cognito

    @Test
    void cognitosGroupsAreRoles() throws IOException {
        try (RecipeScene scene = scene("cognito", "cognito")) {
            Page page = scene.signIn("/page?role=staff&role=admin");

            assertEquals("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", page.seen().remoteUser());
            assertTrue(page.seen().hasRole("staff"));
            assertFalse(page.seen().hasRole("admin"));
        }
    }

    /** It takes parameters of its own, and sends no state back. */
    @Test
    void cognitoSignsOutByItsOwnParametersAndNobodyMissesTheConfirmation() throws IOException {
        try (RecipeScene scene = scene("cognito", "cognito")) {
            scene.signIn("/page");

            Page out = scene.signOut();

            assertEquals(scene.provider.address("/logout"), out.redirectTarget().withoutQuery());
            Parameters asked = out.redirectTarget().parameters();
            assertEquals(scene.provider.clientId(), asked.get("client_id"));
            String back = asked.get("logout_uri");
            assertTrue(List.of(Recipe.named("cognito").registered()).contains(back), back);
            scene.provider.logout().redirectsTo(302, back);
            Page page = scene.follow(scene.follow(out));
            assertTrue(page.seen().isAnonymous());
            assertEquals(
                    List.of(),
                    logs.atLeast(Level.INFO).stream()
                            .filter(entry -> entry.message().contains("logout_not_confirmed"))
                            .toList());
        }
    }
}
