package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEObjectType;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An authorization request that the client has signed, so that nobody on its way can change it (RFC 9101). */
final class RequestObject {

    private static final JOSEObjectType TYPE = new JOSEObjectType("oauth-authz-req+jwt");

    /** For the user's browser to get there, on a line however slow. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    private RequestObject() {}

    /**
     * Signs a request.
     *
     * @param request all of its parameters
     * @param clientId the client
     * @param provider whom it is for
     * @param key the client's key
     * @param now the time
     * @return what is sent as {@code request}
     */
    static String of(Parameters request, String clientId, Provider provider, ClientKey key, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : request.entries()) {
            claims.merge(parameter.getKey(), value(parameter), RequestObject::joined);
        }
        // Behind the parameters, of which none may choose for whom this is, and for how long.
        claims.put("iss", clientId);
        claims.put("aud", provider.issuer());
        claims.put("jti", RandomToken.next());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        return key.sign(TYPE, claims, provider.algorithms().requestObjects());
    }

    /** Section 4: numbers are numbers, and what is JSON stands there as JSON. */
    private static Object value(Map.Entry<String, String> parameter) {
        return switch (parameter.getKey()) {
            case "max_age" -> Long.valueOf(parameter.getValue());
            case "authorization_details", "claims" -> parsed(parameter.getValue());
            default -> parameter.getValue();
        };
    }

    private static Object parsed(String text) {
        try {
            return text.stripLeading().startsWith("[") ? Json.objects(text) : Json.object(text);
        } catch (ParseException e) {
            return text; // as the deployment wrote it
        }
    }

    /** Several resources are an array (RFC 8707 section 2.1); nothing else comes twice. */
    private static Object joined(Object before, Object next) {
        List<Object> all = new ArrayList<>(before instanceof List<?> several ? several : List.of(before));
        all.add(next);
        return all;
    }
}
