package io.github.pkceauth.oidc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a set of claims a value stands.
 *
 * @param source which claims are meant
 * @param path a claim's exact name, else a dotted path, or a JSON Pointer (RFC 6901)
 */
public record ClaimPath(Source source, String path) {

    /** Which claims a path is followed in. */
    public enum Source {
        /** The ID token's, then those of userinfo. */
        USER,
        /** Those of userinfo. */
        USERINFO,
        /** Those of the access token, which must be a JWT signed by the provider. */
        ACCESS_TOKEN
    }

    private static final String USERINFO_PREFIX = "userinfo:";
    private static final String ACCESS_TOKEN_PREFIX = "access_token:";

    /** Reads a path with its optional source, as {@code rolesClaim} has it. */
    public static ClaimPath parse(String text) {
        if (text.startsWith(USERINFO_PREFIX)) {
            return new ClaimPath(Source.USERINFO, text.substring(USERINFO_PREFIX.length()));
        }
        if (text.startsWith(ACCESS_TOKEN_PREFIX)) {
            return new ClaimPath(Source.ACCESS_TOKEN, text.substring(ACCESS_TOKEN_PREFIX.length()));
        }
        return new ClaimPath(Source.USER, text);
    }

    /** The value there, or null if there is none. */
    @Nullable
    Object in(Claims claims) {
        Map<String, Object> values = claims.values();
        if (values.containsKey(path)) {
            return values.get(path);
        }
        return path.startsWith("/")
                ? follow(values, path.substring(1).split("/", -1), true)
                : follow(values, path.split("\\.", -1), false);
    }

    /** The name of the outermost claim that the path may go through. */
    String outermost() {
        return path.startsWith("/") ? unescape(path.substring(1).split("/", -1)[0]) : path.split("\\.", -1)[0];
    }

    private static @Nullable Object follow(Object from, String[] steps, boolean pointer) {
        @Nullable Object here = from;
        for (String step : steps) {
            if (here instanceof Map<?, ?> object) {
                here = object.get(pointer ? unescape(step) : step);
            } else if (pointer && here instanceof List<?> array && step.matches("0|[1-9]\\d{0,8}")) {
                int index = Integer.parseInt(step);
                here = index < array.size() ? array.get(index) : null;
            } else {
                return null;
            }
        }
        return here;
    }

    private static String unescape(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
