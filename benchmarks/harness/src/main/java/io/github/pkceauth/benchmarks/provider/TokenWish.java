package io.github.pkceauth.benchmarks.provider;

/**
 * What tokens a client gets, as its id says: {@code app-es256-roles1000-claims10-expires5-refresh-authtime}, in any order, each
 * part optional.
 *
 * @param algorithm of the ID token's signature
 * @param roles how many roles the user has
 * @param claims how many claims there are about the user besides
 * @param expiresIn how many seconds the access token is good
 * @param refreshes whether there is a refresh token
 * @param tellsAuthTime whether the ID token says when the user signed in
 */
public record TokenWish(
        String algorithm, int roles, int claims, int expiresIn, boolean refreshes, boolean tellsAuthTime) {

    private static final int HOUR = 3600;

    /** Reads a client's id. */
    public static TokenWish of(String clientId) {
        TokenWish wish = new TokenWish("RS256", 1, 0, HOUR, false, false);
        for (String part : clientId.split("-", -1)) {
            wish = wish.with(part);
        }
        return wish;
    }

    private TokenWish with(String part) {
        if (part.equals("es256") || part.equals("hs256")) {
            return new TokenWish(
                    part.equals("es256") ? "ES256" : "HS256", roles, claims, expiresIn, refreshes, tellsAuthTime);
        }
        if (part.startsWith("roles")) {
            return new TokenWish(algorithm, number(part, "roles"), claims, expiresIn, refreshes, tellsAuthTime);
        }
        if (part.startsWith("claims")) {
            return new TokenWish(algorithm, roles, number(part, "claims"), expiresIn, refreshes, tellsAuthTime);
        }
        if (part.startsWith("expires")) {
            return new TokenWish(algorithm, roles, claims, number(part, "expires"), refreshes, tellsAuthTime);
        }
        if (part.equals("authtime")) {
            return new TokenWish(algorithm, roles, claims, expiresIn, refreshes, true);
        }
        return part.equals("refresh") ? new TokenWish(algorithm, roles, claims, expiresIn, true, tellsAuthTime) : this;
    }

    private static int number(String part, String name) {
        return Integer.parseInt(part.substring(name.length()));
    }
}
