package io.github.pkceauth.example.launcher.provider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A user of the development provider, who has the user name as password.
 *
 * @param username what the user signs in with; also the subject
 * @param name the name to show
 * @param roles what the claim {@code roles} holds
 */
record DemoUser(String username, String name, List<String> roles) {

    static final List<DemoUser> ALL = List.of(
            new DemoUser("alice", "Alice Adams", List.of("admin")), new DemoUser("bob", "Bob Brown", List.of()));

    static DemoUser named(String username) {
        return ALL.stream()
                .filter(user -> user.username.equals(username))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no demo user " + username));
    }

    /** The claims about the user that the scopes ask for (OpenID Connect Core, section 5.4), and the roles always. */
    Map<String, Object> claims(Set<String> scopes) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("roles", roles);
        if (scopes.contains("profile")) {
            claims.put("name", name);
            claims.put("preferred_username", username);
        }
        if (scopes.contains("email")) {
            claims.put("email", username + "@example.com");
            claims.put("email_verified", true);
        }
        return claims;
    }
}
