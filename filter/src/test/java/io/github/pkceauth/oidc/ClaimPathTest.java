package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimPathTest {

    private static final Claims CLAIMS = new Claims(Map.of(
            "groups", List.of("a", "b"),
            "realm_access", Map.of("roles", List.of("admin"), "a.b", "dotted within"),
            "https://example.com/roles", List.of("by address"),
            "x.y", "exact name first",
            "x", Map.of("y", "by path"),
            "/p/q", "exact name with slashes",
            "p", Map.of("q", "by pointer", "s/t", "escaped slash", "u~v", "escaped tilde", "~1", "both"),
            "n", 7L));

    @ParameterizedTest
    @CsvSource({
        "groups, '[a, b]'",
        "realm_access.roles, [admin]",
        "https://example.com/roles, [by address]",
        "x.y, exact name first",
        "/p/q, exact name with slashes",
        "/x/y, by path",
        "/p/s~1t, escaped slash",
        "/p/u~0v, escaped tilde",
        "/p/~01, both",
        "/groups/0, a",
        "/groups/1, b",
        "/realm_access/a.b, dotted within",
        "n, 7"
    })
    void aClaimIsFoundByItsNameElseByItsPath(String path, String value) {
        assertEquals(value, String.valueOf(ClaimPath.parse(path).in(CLAIMS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roles",
                "realm_access.role",
                "realm_access.roles.admin",
                "realm_access.a.b",
                "realm_access..roles",
                ".groups",
                "groups.",
                "groups.0",
                "/groups/2",
                "/groups/-",
                "/groups/00",
                "/groups/01",
                "/groups/999999999999",
                "/groups/",
                "/",
                "//",
                "/n/0",
                "n.x",
                "Groups"
            })
    void whatIsNotThereIsNull(String path) {
        assertNull(ClaimPath.parse(path).in(CLAIMS));
    }

    @Test
    void jsonsNullIsNoValue() {
        Map<String, Object> values = new HashMap<>();
        values.put("roles", null);

        assertNull(ClaimPath.parse("roles").in(new Claims(values)));
        assertNull(ClaimPath.parse("roles.x").in(new Claims(values)));
    }

    @ParameterizedTest
    @CsvSource({
        "roles, USER, roles",
        "userinfo:roles, USERINFO, roles",
        "access_token:/a/b, ACCESS_TOKEN, /a/b",
        "id_token:roles, USER, id_token:roles",
        "https://example.com/roles, USER, https://example.com/roles",
        "userinfo:access_token:x, USERINFO, access_token:x",
        "userinfo:, USERINFO, ''"
    })
    void aPrefixPicksTheSource(String text, ClaimPath.Source source, String path) {
        assertEquals(new ClaimPath(source, path), ClaimPath.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"groups, groups", "realm_access.roles, realm_access", "/a~1b/c, a/b", "/x, x"})
    void theOutermostClaimIsTheFirstStep(String path, String outermost) {
        assertEquals(outermost, ClaimPath.parse(path).outermost());
    }
}
