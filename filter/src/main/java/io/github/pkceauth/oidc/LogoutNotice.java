package io.github.pkceauth.oidc;

import java.time.Instant;
import java.util.Optional;

/**
 * A verified logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4); only {@link
 * LogoutTokenVerifier} makes one. It has a subject, a session id, or both.
 *
 * @param id its {@code jti}: it may be used once
 * @param issuedAt when, by the provider's clock
 * @param expiresAt until when it must be remembered that it was used, clocks that differ included
 * @param subject whose sessions end
 * @param sid which session of the provider's has ended
 */
public record LogoutNotice(
        String id, Instant issuedAt, Instant expiresAt, Optional<String> subject, Optional<String> sid) {}
