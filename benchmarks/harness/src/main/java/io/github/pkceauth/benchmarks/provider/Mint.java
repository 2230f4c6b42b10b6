package io.github.pkceauth.benchmarks.provider;

import io.github.pkceauth.benchmarks.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes tokens of one issuer. Safe for use by several threads. */
public final class Mint {

    private static final int LIFE_SECONDS = 3600;

    private final String issuer;
    private final Signer signer;

    /** For that issuer, with those keys. */
    public Mint(String issuer, Signer signer) {
        this.issuer = issuer;
        this.signer = signer;
    }

    /** The token endpoint's answer. */
    String answer(Codes.Grant grant) {
        TokenWish wish = TokenWish.of(grant.clientId());
        String accessToken = Signer.encode(hash(grant.nonce() + System.nanoTime()));
        String refreshToken = wish.refreshes() ? ",\"refresh_token\":\"" + grant.encoded() + "\"" : "";
        return "{\"access_token\":\"" + accessToken + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                + wish.expiresIn() + ",\"scope\":\"openid profile email\"" + refreshToken + ",\"id_token\":\""
                + idToken(grant.clientId(), grant.nonce(), grant.subject(), accessToken) + "\"}";
    }

    /**
     * An ID token.
     *
     * @param clientId whose it is, and what is to be in it
     * @param nonce of the authorization request, or empty
     * @param subject the user
     * @param accessToken what comes with it
     */
    public String idToken(String clientId, String nonce, String subject, String accessToken) {
        TokenWish wish = TokenWish.of(clientId);
        String roles = IntStream.range(0, wish.roles())
                .mapToObj(i -> "\"role-" + i + "\"")
                .collect(Collectors.joining(","));
        String claims = IntStream.range(0, wish.claims())
                .mapToObj(i -> ",\"claim-" + i + "\":\"value-" + i + "\"")
                .collect(Collectors.joining());
        String hash = Signer.encode(Arrays.copyOf(hash(accessToken), 16));
        String authTime =
                wish.tellsAuthTime() ? ",\"auth_time\":" + Instant.now().getEpochSecond() : "";
        String nonceClaim = nonce.isEmpty() ? "" : ",\"nonce\":\"" + nonce + "\"";
        return signer.sign(
                wish.algorithm(),
                "{" + common(clientId) + ",\"sub\":\"" + subject + "\",\"sid\":\"session-of-" + subject + "\""
                        + ",\"name\":\"A User\",\"email\":\"" + subject + "@example.com\",\"at_hash\":\"" + hash
                        + "\",\"" + Settings.ROLES_CLAIM + "\":[" + roles + "]" + claims + authTime + nonceClaim + "}");
    }

    /** A logout token about a user's session. */
    public String logoutToken(String clientId, String subject) {
        return signer.sign(
                TokenWish.of(clientId).algorithm(),
                "{" + common(clientId) + ",\"sid\":\"session-of-" + subject + "\",\"jti\":\"" + subject + "-"
                        + System.nanoTime()
                        + "\",\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}");
    }

    private String common(String clientId) {
        long now = Instant.now().getEpochSecond();
        return "\"iss\":\"" + issuer + "\",\"aud\":\"" + clientId + "\",\"iat\":" + now + ",\"exp\":"
                + (now + LIFE_SECONDS);
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
