package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TokenScript;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of claims: names and roles, with an ID token and without. */
class UserClaimsTest {

    /** A way to change a token, and what it is called. */
    private record Forged(String what, Consumer<TokenScript> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    // Plain OAuth 2.0

    private static Scene plain(Object id) {
        ScriptedProvider provider = ScriptedProvider.start().withoutIssParameter();
        provider.userinfo().without("sub").with("id", id);
        return Scene.against(
                provider,
                app -> app.filterParam("scope", "read:user")
                        .filterParam("principalClaim", "id")
                        .filterParam("authorizationEndpoint", provider.address(ScriptedProvider.AUTHORIZE))
                        .filterParam("tokenEndpoint", provider.address(ScriptedProvider.TOKEN))
                        .filterParam("userinfoEndpoint", provider.address(ScriptedProvider.USERINFO)));
    }

    @ParameterizedTest
    @ValueSource(longs = {583231, 0, 9007199254740993L, Long.MAX_VALUE})
    void plainOAuthTakesTheUserFromUserinfoAndANumberAsAString(long id) {
        try (Scene scene = plain(id)) {
            assertEquals(String.valueOf(id), scene.logIn("/page").seen().remoteUser());
            assertEquals(0, scene.provider.metadataCalls());
            assertEquals(0, scene.provider.calls(ScriptedProvider.JWKS));
            assertEquals(1, scene.provider.calls(ScriptedProvider.USERINFO));
            assertEquals("read:user", scene.provider.lastAuthorizationRequest().get("scope"));
        }
    }

    private static Stream<Object> namesThatAreNone() {
        return Stream.of("", " ", 1.5, 1e19, true, List.of(1), Map.of("id", 1));
    }

    @ParameterizedTest
    @MethodSource("namesThatAreNone")
    void plainOAuthWithoutAUsableNameIsNoLogin(Object id) {
        try (Scene scene = plain(id)) {
            scene.assertCameToNothing(scene.logIn("/page"), 502, "principal_missing", 1);
        }
    }

    @Test
    void plainOAuthIgnoresAnIdTokenThatNobodyAskedFor() {
        try (Scene scene = plain("octocat")) {
            scene.provider.token().with("id_token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.");
            assertEquals("octocat", scene.logIn("/page").seen().remoteUser());
        }
    }

    @Test
    void plainOAuthByMetadataWorksWithoutAKeySet() {
        try (Scene scene = Scene.open(app -> app.filterParam("scope", "read:user"))) {
            scene.provider.metadata().without("jwks_uri", "id_token_signing_alg_values_supported");
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // Roles

    private static Stream<List<Object>> roles() {
        Map<String, Object> nested = Map.of("realm_access", Map.of("roles", List.of("boss")));
        return Stream.of(
                List.of("roles", Map.of("roles", List.of("boss"))),
                List.of("role", Map.of("role", "boss")),
                List.of("https://example.com/roles", Map.of("https://example.com/roles", List.of("boss"))),
                List.of("cognito:groups", Map.of("cognito:groups", List.of("boss"))),
                List.of("realm_access.roles", nested),
                List.of("/realm_access/roles", nested),
                List.of("/realm_access/roles/0", nested),
                List.of("realm_access.roles", Map.of("realm_access.roles", List.of("boss"))),
                List.of("/a~1b/c~0d", Map.of("a/b", Map.of("c~d", List.of("boss")))),
                List.of("/https:~1~1example.com~1roles", Map.of("https://example.com/roles", List.of("boss"))),
                List.of("/x", Map.of("/x", List.of("boss"))),
                List.of("absent roles", Map.of("roles", List.of(7, List.of("admin"), "boss"))));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void rolesAreFoundWhereRolesClaimSays(List<Object> where) {
        try (Scene scene = Scene.open(
                app -> app.filterParam("rolesClaim", (String) where.get(0)).filterParam("userinfo", "never"))) {
            scene.provider.signInAs("bob");
            ((Map<?, ?>) where.get(1))
                    .forEach((name, value) -> scene.provider.idToken().withClaim(String.valueOf(name), value));
            Page page = scene.logIn("/page?role=boss&role=admin&role=*");
            assertTrue(page.seen().hasRole("boss"), page::toString);
            assertFalse(page.seen().hasRole("admin"), page::toString);
            assertFalse(page.seen().hasRole("*"), page::toString);
        }
    }

    @Test
    void rolesThatTheIdTokenLacksAreAskedOfUserinfo() {
        try (Scene scene = Scene.open(app -> app.filterParam("rolesClaim", "groups"))) {
            scene.provider.userinfo().with("groups", List.of("boss"));
            assertTrue(scene.logIn("/page?role=boss").seen().hasRole("boss"));
            assertEquals(1, scene.provider.calls(ScriptedProvider.USERINFO));
        }
    }

    @Test
    void rolesOfUserinfoAreThoseOfUserinfoAlone() {
        try (Scene scene = Scene.open(app -> app.filterParam("rolesClaim", "userinfo:groups"))) {
            scene.provider.idToken().withClaim("groups", List.of("fake"));
            scene.provider.userinfo().with("groups", List.of("boss"));
            Page page = scene.logIn("/page?role=boss&role=fake");
            assertTrue(page.seen().hasRole("boss"));
            assertFalse(page.seen().hasRole("fake"));
        }
    }

    @Test
    void withoutRolesClaimNobodyHasARole() {
        try (Scene scene = Scene.open()) {
            Page page = scene.logIn("/page?role=admin&role=user");
            assertFalse(page.seen().hasRole("admin") || page.seen().hasRole("user"));
        }
    }

    private static Scene accessTokenRoles() {
        Scene scene = Scene.against(
                ScriptedProvider.start().withJwtAccessTokens(),
                app -> app.filterParam("rolesClaim", "access_token:roles"));
        scene.provider.signInAs("alice", Map.of("roles", List.of("admin")));
        return scene;
    }

    @Test
    void rolesOfTheAccessTokenAreThoseOfTheAccessTokenAlone() {
        try (Scene scene = accessTokenRoles()) {
            scene.provider.idToken().withClaim("roles", List.of("fake"));
            Page page = scene.logIn("/page?role=admin&role=fake");
            assertTrue(page.seen().hasRole("admin"));
            assertFalse(page.seen().hasRole("fake"));
        }
    }

    private static Stream<Forged> badAccessTokens() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                new Forged("with a broken signature", token -> token.withBrokenSignature()),
                new Forged("unsigned", token -> token.unsigned()),
                new Forged("by another key", token -> token.signedWith(TestKeys.attackerRsa())),
                new Forged("with its own key", token -> token.withEmbeddedKey()),
                new Forged("by a public key as secret", token -> token.confusesPublicKeyWithSecret()),
                new Forged("by HMAC", token -> token.signedWithSecret(JWSAlgorithm.HS256, new byte[32])),
                new Forged("with crit", token -> token.withHeader("crit", List.of("x"))),
                new Forged("of another issuer", token -> token.withIssuer("https://evil.example")),
                new Forged("of no issuer", token -> token.withoutClaim("iss")),
                new Forged("expired", token -> token.withClaim("exp", now - 300)),
                new Forged("without exp", token -> token.withoutClaim("exp")),
                new Forged("with exp as a string", token -> token.withClaim("exp", String.valueOf(now + 300))),
                new Forged("with exp 1e300", token -> token.withClaim("exp", 1e300)),
                new Forged("no JWT", token -> token.rawToken("opaque-token")));
    }

    @ParameterizedTest
    @MethodSource("badAccessTokens")
    void rolesOfAnAccessTokenThatCannotBeTrustedAreUnavailable(Forged forged) {
        try (Scene scene = accessTokenRoles()) {
            forged.script().accept(scene.provider.accessToken());
            scene.assertLoginRefused(502, "roles_unavailable", 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "groups, groups",
        "https://example.com/roles, https://example.com/roles",
        "/groups, groups",
        "realm_access.roles, realm_access",
        "userinfo:groups, groups",
    })
    void rolesThatTheProviderKeepsElsewhereAreUnavailable(String rolesClaim, String claim) {
        try (Scene scene = Scene.open(app -> app.filterParam("rolesClaim", rolesClaim))) {
            scene.provider.signInAs(
                    "alice",
                    Map.of(
                            "_claim_names",
                            Map.of(claim, "src1"),
                            "_claim_sources",
                            Map.of("src1", Map.of("endpoint", "https://graph.example.com/"))));
            scene.assertCameToNothing(scene.logIn("/page"), 502, "roles_unavailable", 1);
        }
    }

    @Test
    void claimsKeptElsewhereThatNobodyNeedsDoNoHarm() {
        try (Scene scene = Scene.open(app -> app.filterParam("rolesClaim", "roles"))) {
            scene.provider.idToken().withClaim("_claim_names", Map.of("groups", "src1"));
            assertTrue(scene.logIn("/page?role=admin").seen().hasRole("admin"));
        }
    }

    // Names

    @ParameterizedTest
    @CsvSource({"name, Alice Example", "email, alice@example.com", "preferred_username, alice", "sub, alice"})
    void principalClaimSaysWhatTheUserIsCalled(String claim, String name) {
        try (Scene scene = Scene.open(app -> app.filterParam("principalClaim", claim))) {
            Page page = scene.logIn("/page");
            assertEquals(name, page.seen().remoteUser());
            assertEquals(name, page.seen().principal());
        }
    }

    @Test
    void aPrincipalClaimThatNobodySendsIsNoLogin() {
        try (Scene scene = Scene.open(app -> app.filterParam("principalClaim", "upn"))) {
            scene.assertCameToNothing(scene.logIn("/page"), 502, "principal_missing", 1);
            assertTrue(scene.logs.text().contains("principalClaim is 'upn'"), scene.logs::text);
            scene.assertSignedOut();
        }
    }
}
