package io.github.pkceauth.benchmarks.provider;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the user does at the provider, without a call: an authorization request becomes the callback's address. A code
 * carries all that the token endpoint has to know, so that the stub remembers nothing.
 */
public final class Codes {

    /** The path of the authorization endpoint, which nobody calls. */
    public static final String AUTHORIZE = "/authorize";

    private static final AtomicLong USERS = new AtomicLong();

    private Codes() {}

    /**
     * What a code, or a refresh token, stands for.
     *
     * @param clientId whose it is
     * @param nonce of the authorization request, or empty
     * @param challenge of PKCE, or empty
     * @param subject the user
     */
    record Grant(String clientId, String nonce, String challenge, String subject) {

        String encoded() {
            String all = String.join("\n", clientId, nonce, challenge, subject);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all.getBytes(StandardCharsets.UTF_8));
        }

        static Grant of(String encoded) {
            String all = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            String[] parts = all.split("\n", -1);
            return new Grant(parts[0], parts[1], parts[2], parts[3]);
        }
    }

    /**
     * Signs a new user in.
     *
     * @param authorizationRequest the address that the browser was sent to
     * @return the address that the provider would send it on to
     */
    public static String callback(String authorizationRequest) {
        URI address = URI.create(authorizationRequest);
        Map<String, String> asked = parameters(address.getRawQuery());
        String subject = "user-" + USERS.incrementAndGet();
        Grant grant = new Grant(
                asked.getOrDefault("client_id", ""),
                asked.getOrDefault("nonce", ""),
                asked.getOrDefault("code_challenge", ""),
                subject);
        String issuer = address.getScheme() + "://" + address.getRawAuthority();
        String redirectUri = asked.getOrDefault("redirect_uri", "");
        return redirectUri + (redirectUri.contains("?") ? "&" : "?") + "code=" + grant.encoded()
                + "&state=" + encode(asked.getOrDefault("state", ""))
                + "&iss=" + encode(issuer);
    }

    static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                parameters.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return parameters;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
