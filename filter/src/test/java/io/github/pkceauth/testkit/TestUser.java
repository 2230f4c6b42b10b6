package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Somebody whom the provider knows.
 *
 * @param idTokenClaims what the ID token says besides the subject
 * @param userinfoClaims what the userinfo endpoint says besides the subject
 */
record TestUser(String subject, Map<String, Object> idTokenClaims, Map<String, Object> userinfoClaims) {

    /** A user with a full name, roles and an e-mail address; alice is an admin as well. */
    static TestUser named(String name) {
        String title = name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        List<String> roles = name.equals("alice") ? List.of("admin", "user") : List.of("user");
        Map<String, Object> idToken = new LinkedHashMap<>();
        idToken.put("name", title + " Example");
        idToken.put("roles", roles);
        Map<String, Object> userinfo = new LinkedHashMap<>(idToken);
        userinfo.put("preferred_username", name);
        userinfo.put("email", name + "@example.com");
        userinfo.put("email_verified", true);
        return new TestUser(name, idToken, userinfo);
    }
}
