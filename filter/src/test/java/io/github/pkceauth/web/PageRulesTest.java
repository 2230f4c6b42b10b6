package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.config.Access;
import io.github.pkceauth.config.PathRule;
import io.github.pkceauth.oidc.AuthenticationContext;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final AuthenticationRequirements GOLD = required("gold", 300);
    private static final AuthenticationRequirements RECENT = required("", 600);

    private final PageRules rules = rules(
            AuthenticationRequirements.NONE,
            List.of(new PathRule<>("/payments/*", GOLD), new PathRule<>("/recent", RECENT)),
            List.of(
                    new PathRule<>("/admin/*", Set.of("admin")),
                    new PathRule<>("/reports/*", Set.of("auditor", "admin")),
                    new PathRule<>("/admin/help/*", Set.of("**"))));

    @Test
    void aPageAsksForWhatItsRuleSays() {
        assertEquals(GOLD, unmet(rules, "/payments/x", "silver", NOW));
        assertEquals(GOLD, unmet(rules, "/payments/x", "gold", NOW.minusSeconds(361)));
        assertEquals(GOLD, unmet(rules, "/payments/x", null, null));
        assertNull(unmet(rules, "/payments/x", "gold", NOW.minusSeconds(360)));
        assertEquals(RECENT, unmet(rules, "/recent", "gold", NOW.minusSeconds(661)));
        assertNull(unmet(rules, "/recent", null, NOW.minusSeconds(660)));
        assertNull(unmet(rules, "/home", null, null));
    }

    /** As of a session from before there was a rule. */
    @Test
    void whatTheWholeFilterAsksForHoldsForEveryPageAndEveryLogin() {
        PageRules strict = rules(required("silver gold", 900), List.of(new PathRule<>("/recent", RECENT)), List.of());

        assertEquals(required("silver gold", -1), unmet(strict, "/home", null, null));
        assertEquals(required("silver gold", 600), unmet(strict, "/recent", "bronze", NOW));
        assertNull(unmet(strict, "/home", "gold", null));
        assertNull(unmet(strict, "/home", "silver", NOW.minus(Duration.ofDays(9))));
        assertFalse(strict.areNone());
    }

    @Test
    void theRuleOfAPageGoesBeforeThatOfTheWholeFilter() {
        PageRules strict = rules(required("silver", 900), List.of(new PathRule<>("/payments/*", GOLD)), List.of());

        assertEquals(GOLD, strict.atLogin(PagePath.named("/payments/x")));
        assertEquals(required("silver", 900), strict.atLogin(PagePath.named("/home")));
        assertNull(unmet(strict, "/payments/x", "gold", NOW));
    }

    @Test
    void howLongAgoUsersMayHaveSignedInElsewhereIsAskedAtLoginAlone() {
        PageRules whole = rules(required("", 900), List.of(), List.of());

        assertEquals(required("", 900), whole.atLogin(PagePath.named("/home")));
        assertTrue(whole.areNone());
    }

    @Test
    void oneOfTheRolesIsEnough() {
        assertEquals(Set.of("admin"), rules.missing(PagePath.named("/admin/x"), Set.of("user", "auditor")));
        assertEquals(Set.of("auditor", "admin"), rules.missing(PagePath.named("/reports/x"), Set.of()));
        assertNull(rules.missing(PagePath.named("/reports/x"), Set.of("auditor")));
        assertNull(rules.missing(PagePath.named("/admin/x"), Set.of("admin", "user")));
        assertNull(rules.missing(PagePath.named("/admin/help/x"), Set.of()));
        assertNull(rules.missing(PagePath.named("/home"), Set.of()));
        assertEquals(Set.of("admin"), rules.missing(PagePath.named("/admin/x"), Set.of("ADMIN", "**", "*")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/home/../admin/x", "//admin/x", "/%61dmin/x", "/admin%2fx", "/home/..;/admin/x", "/admin;/x"})
    void aPathThatCanBeReadInTwoWaysHasTheRulesOfBoth(String path) {
        assertEquals(Set.of("admin"), rules.missing(PagePath.named(path), Set.of()));
        assertTrue(rules.cover(PagePath.named(path)));
    }

    @Test
    void theRulesOfBothReadingsHold() {
        String path = "/payments/../recent";

        assertEquals(GOLD, unmet(rules, path, "silver", NOW));
        assertEquals(RECENT, unmet(rules("/payments/*", "/recent"), path, "gold", NOW.minusSeconds(700)));
        assertEquals(Set.of("admin"), rules.missing(PagePath.named("/admin/help/../x"), Set.of()));
        assertEquals(Set.of("admin"), rules.missing(PagePath.named("/admin/x/../help/y"), Set.of()));
    }

    private static PageRules rules(String gold, String recent) {
        return rules(
                AuthenticationRequirements.NONE,
                List.of(new PathRule<>(gold, required("gold", -1)), new PathRule<>(recent, RECENT)),
                List.of());
    }

    @Test
    void pagesWithARuleAreCovered() {
        assertTrue(rules.cover(PagePath.named("/payments")));
        assertTrue(rules.cover(PagePath.named("/recent/")));
        assertTrue(rules.cover(PagePath.named("/admin/help")));
        assertFalse(rules.cover(PagePath.named("/")));
        assertFalse(rules.cover(PagePath.named("/home")));
    }

    @ParameterizedTest
    @CsvSource({
        "/css/a.css, false",
        "/css/secret/a.css, true",
        "/page, true",
        "/logo.png, true",
        "/admin/logo.png, false",
        "/admin/other.png, true",
        "/same/x, true",
        "/css/..;/page, true",
        "/css/%2e%2e/page, true",
        "//page, true"
    })
    void ofAPublicPathAndARuleTheOneThatSaysMoreHolds(String path, boolean covered) {
        PageRules both = new PageRules(new Access(
                false,
                false,
                List.of("/css/*", "*.png", "/admin/logo.png", "/same/*"),
                AuthenticationRequirements.NONE,
                List.of(new PathRule<>("/css/secret/*", GOLD), new PathRule<>("/same/*", GOLD)),
                List.of(new PathRule<>("/*", Set.of("staff")))));

        assertEquals(covered, both.cover(PagePath.named(path)));
    }

    @Test
    void withoutRulesNothingIsAsked() {
        PageRules none = rules(AuthenticationRequirements.NONE, List.of(), List.of());

        assertTrue(none.areNone());
        assertFalse(none.cover(PagePath.named("//x")));
        assertEquals(AuthenticationRequirements.NONE, none.atLogin(PagePath.named("//x")));
    }

    private static PageRules rules(
            AuthenticationRequirements atLogin,
            List<PathRule<AuthenticationRequirements>> stepUp,
            List<PathRule<Set<String>>> roles) {
        return new PageRules(new Access(false, false, List.of(), atLogin, stepUp, roles));
    }

    private static AuthenticationRequirements required(String acr, long maxAge) {
        return new AuthenticationRequirements(acr, maxAge);
    }

    private static @Nullable AuthenticationRequirements unmet(
            PageRules rules, String path, @Nullable String acr, @Nullable Instant authTime) {
        return rules.unmet(
                PagePath.named(path),
                Logins.signedIn(new AuthenticationContext(acr, authTime, AuthenticationRequirements.NONE)),
                NOW,
                SKEW);
    }
}
