package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import java.net.URI;
import java.text.ParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the path and the claims, a user has exactly the roles that stand where the path leads. */
class ClaimPathFuzzTest {

    private static final Set<Reason> REFUSALS = Set.of(Reason.ROLES_UNAVAILABLE, Reason.PRINCIPAL_MISSING);
    private static final Provider PROVIDER = new Provider(
            Samples.ISSUER,
            URI.create(Samples.ISSUER + "/authorize"),
            URI.create(Samples.ISSUER + "/token"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Samples.signingBy(SigningAlgorithms.ASYMMETRIC));

    private final Offline offline = new Offline();

    /** The first line is the path, the rest the claims. */
    @Fuzz
    void theRolesAreThoseWhereThePathLeads(byte[] input) throws Exception {
        String[] parts = new String(input, UTF_8).split("\n", 2);
        Map<String, Object> claims = claims(parts[parts.length - 1]);
        if (claims == null || parts.length < 2) {
            return;
        }
        ClaimPath path = ClaimPath.parse(parts[0]);

        Optional<PkceUser> user = Work.bounded(input, 500_000, 4_000, () -> user(path, claims));
        if (user.isPresent()) {
            boolean own = path.source() == ClaimPath.Source.USER;
            assertEquals(
                    own ? roles(found(claims, path.path())) : Set.of(),
                    user.get().roles());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "/", "/a", "/0", "~0~1", "."})
    void longPathsCostNoMoreThanTheirLength(String part) throws Exception {
        Map<String, Object> claims = Map.of("sub", "alice", "", Map.of(), "a", Map.of("a", "x"));
        Work.linear(size -> part.repeat(size / part.length()), text -> user(ClaimPath.parse(text), claims));
    }

    private Optional<PkceUser> user(ClaimPath path, Map<String, Object> claims) {
        ClaimRules rules = new ClaimRules(ClaimPath.parse("sub"), List.of(path), ClaimRules.UserinfoUse.NEVER);
        Users users = Samples.users(rules, offline.http(), offline.keys());
        IssuedTokens tokens = new IssuedTokens(
                "s3cr3t-access-token", null, "openid", null, "the-id-token", TestClock.START, null, null);
        try {
            return Optional.of(users.of(PROVIDER, new IdToken(Samples.ISSUER, "alice", new Claims(claims)), tokens));
        } catch (AuthFailure failure) {
            assertEquals(true, REFUSALS.contains(failure.reason()), () -> "reason " + failure.reason());
            Wording.check(failure.getMessage(), tokens.accessToken());
            return Optional.empty();
        }
    }

    /** RFC 6901 and the dotted path, step by step from the front. */
    private static @Nullable Object found(Map<String, Object> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        boolean pointer = path.startsWith("/");
        char separator = pointer ? '/' : '.';
        @Nullable Object here = claims;
        int start = pointer ? 1 : 0;
        while (start <= path.length()) {
            int end = path.indexOf(separator, start) < 0 ? path.length() : path.indexOf(separator, start);
            here = step(here, path.substring(start, end), pointer);
            start = end + 1;
        }
        return here;
    }

    private static @Nullable Object step(@Nullable Object from, String step, boolean pointer) {
        if (from instanceof Map<?, ?> object) {
            return object.get(pointer ? step.replace("~1", "/").replace("~0", "~") : step);
        }
        if (pointer && from instanceof List<?> array) {
            for (int i = 0; i < array.size(); i++) {
                if (String.valueOf(i).equals(step)) {
                    return array.get(i);
                }
            }
        }
        return null;
    }

    private static Set<String> roles(@Nullable Object value) {
        Set<String> roles = new LinkedHashSet<>();
        for (Object one : value instanceof List<?> several ? several : Collections.singletonList(value)) {
            if (one instanceof String role) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** What the text says, with a name for the user and without the claims that say where others are kept. */
    private static @Nullable Map<String, Object> claims(String text) {
        try {
            Map<String, Object> claims = new LinkedHashMap<>(Json.object(text));
            claims.put("sub", "alice");
            List.of("_claim_names", "nonce", "at_hash", "c_hash").forEach(claims::remove);
            return claims;
        } catch (ParseException e) {
            return null;
        }
    }
}
