package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Page;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How products word what they know of a user, and what becomes of it: roles above all. */
class ProviderClaimDifferencesTest {

    private static Page loggedIn(Scene scene, Map<String, Object> claims, String query) {
        scene.provider.signInAs("bob", claims);
        return scene.logIn("/page?" + query);
    }

    private static Scene scene(String rolesClaim) {
        return Scene.open(app -> app.filterParam("rolesClaim", rolesClaim).filterParam("userinfo", "never"));
    }

    // Roles

    private static Stream<Arguments> roles() {
        Map<String, Object> keycloak = Map.of(
                "realm_access", Map.of("roles", List.of("offline_access", "boss")),
                "resource_access",
                        Map.of("shop", Map.of("roles", List.of("boss")), "my.shop", Map.of("roles", List.of("boss"))));
        return Stream.of(
                Arguments.of("realm_access.roles", keycloak),
                Arguments.of("resource_access.shop.roles", keycloak),
                Arguments.of("/resource_access/my.shop/roles", keycloak),
                Arguments.of("realm_access.roles resource_access.shop.roles", keycloak),
                Arguments.of(
                        "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
                        Map.of("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "boss")),
                Arguments.of(
                        "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
                        Map.of("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", List.of("a", "boss"))),
                Arguments.of("roles", Map.of("roles", "boss")));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void rolesAreFoundWhereProductsPutThem(String rolesClaim, Map<String, Object> claims) {
        try (Scene scene = scene(rolesClaim)) {
            assertTrue(loggedIn(scene, claims, "role=boss").seen().hasRole("boss"));
        }
    }

    /** Groups of Windows domains have blanks in their names. */
    @Test
    void aStringIsOneRoleHoweverManyWordsItHas() {
        try (Scene scene = scene("roles")) {
            Page page =
                    loggedIn(scene, Map.of("roles", "Domain Admins"), "role=Domain&role=Admins&role=Domain%20Admins");
            assertTrue(page.seen().hasRole("Domain Admins"));
            assertFalse(page.seen().hasRole("Domain") || page.seen().hasRole("Admins"));
        }
    }

    private static Stream<Arguments> objects() {
        String zitadel = "urn:zitadel:iam:org:project:roles";
        return Stream.of(
                Arguments.of(zitadel, Map.of(zitadel, Map.of("boss", Map.of("2042", "example.com")))),
                Arguments.of("realm_access", Map.of("realm_access", Map.of("roles", List.of("boss")))),
                Arguments.of("roles", Map.of("roles", Map.of("boss", false))),
                Arguments.of("roles", Map.of("roles", List.of(Map.of("name", "boss")))));
    }

    /** What the names in an object mean differs from product to product, and a guess might make an administrator. */
    @ParameterizedTest
    @MethodSource("objects")
    void anObjectGivesNoRolesAndIsWarnedOf(String rolesClaim, Map<String, Object> claims) {
        try (Scene scene = scene(rolesClaim)) {
            Page page = loggedIn(scene, claims, "role=boss&role=name&role=roles&role=2042");
            assertEquals(200, page.status());
            List.of("boss", "name", "roles", "2042")
                    .forEach(role -> assertFalse(page.seen().hasRole(role), role));
            List<String> warnings = scene.logs.atLeast(Level.WARNING).stream()
                    .map(entry -> entry.message())
                    .filter(message -> message.contains("rolesClaim"))
                    .toList();
            assertEquals(1, warnings.size(), scene.logs::text);
            assertTrue(warnings.get(0).contains("'" + rolesClaim + "' leads to"), warnings::toString);
            assertFalse(warnings.get(0).contains("boss"), warnings::toString);
        }
    }

    @Test
    void noRolesAtAllAreNothingToWarnOf() {
        try (Scene scene = scene("realm_access.roles")) {
            assertEquals(
                    200, loggedIn(scene, Map.of("realm_access", Map.of()), "").status());
            assertEquals(List.of(), scene.logs.atLeast(Level.WARNING));
        }
    }

    // Other claims

    private static Stream<Arguments> oddClaims() {
        return Stream.of(
                Arguments.of("email_verified", "true"),
                Arguments.of("auth_time", "1700000000"),
                Arguments.of("auth_time", 1700000000.25),
                Arguments.of("updated_at", "2026-01-01T00:00:00Z"),
                Arguments.of("amr", "pwd"),
                Arguments.of("identities", "[{\"userId\":\"1\"}]"));
    }

    /** Claims that the filter draws no conclusion from come to the application as they were sent. */
    @ParameterizedTest
    @MethodSource("oddClaims")
    void claimsOfAnUnusualTypeAreTheApplicationsBusiness(String claim, Object value) {
        try (Scene scene = Scene.open()) {
            scene.provider.idToken().withClaim(claim, value);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void aSubjectThatIsANumberIsToldAsSuch() {
        try (Scene scene = Scene.open()) {
            scene.provider.idToken().withClaim("sub", 583_231);
            scene.assertLoginRefused(502, "id_token_subject", 1);
            assertTrue(scene.logs.text().contains("the ID token's sub is no string"), scene.logs::text);
        }
    }

    @Test
    void signedUserinfoThatNobodyAskedForIsTakenWhereItIsGenuine() {
        try (Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            scene.provider.withSignedUserinfo();
            scene.signedIn();
            scene.reset();
            scene.provider.userinfo().answers(200, "application/jwt", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
            scene.assertLoginRefused(502, "userinfo_invalid", 1);
        }
    }
}
