package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/me} tells about a login.
 *
 * @param user who is signed in
 * @param sessionId a hash of the session's id: enough to tell sessions apart, useless to steal one
 * @param accessTokenExpiresAt when the access token ends, if the provider said so
 */
record Account(PkceUser user, String sessionId, @Nullable Instant accessTokenExpiresAt) {

    static Account of(PkceUser user, Optional<Tokens> tokens, String sessionId) {
        return new Account(
                user,
                sha256(sessionId),
                tokens.map(Tokens::accessTokenExpiresAt).orElse(null));
    }

    /** The members of the JSON object, in the order in which they are written. */
    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", user.getName());
        members.put("subject", user.subject());
        members.put("issuer", user.issuer());
        members.put("roles", List.copyOf(user.roles()));
        members.put("sessionId", sessionId);
        members.put("accessTokenExpiresAt", seconds(accessTokenExpiresAt));
        members.put("claims", user.claims());
        return members;
    }

    /** As ISO 8601, in the unit in which providers tell it. */
    private static @Nullable String seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
