package io.github.pkceauth.testkit;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The check of signed authorization requests, RFC 9101 section 6, with the limits of FAPI 2.0 Message Signing. */
record RequestObjectCheck(ScriptedProvider provider) {
    private static final long LONGEST_SECONDS = 3600;
    private static final long TOLERATED_SECONDS = 10;

    /** What is said of the object, and not of the request. */
    private static final Set<String> OWN_CLAIMS = Set.of("iss", "aud", "exp", "nbf", "iat", "jti");

    /** The parameters in the request's object; those beside it count for nothing. */
    Parameters opened(Parameters sent) throws RequestRefusal {
        ReceivedJwt object = parsed(sent);
        require(object.isSignedWithOneOf(keys()), "not signed with a registered key");
        require(object.headerText("typ").equals("oauth-authz-req+jwt"), "typ is not oauth-authz-req+jwt");
        String client = object.text("client_id");
        require(client.equals(provider.clientId()), "client_id is not the client's");
        require(sent.all("client_id").equals(List.of(client)), "another client_id outside, or none");
        require(
                sent.all("response_type").stream().allMatch(object.text("response_type")::equals),
                "another response_type outside");
        require(object.text("iss").equals(client), "iss is not the client_id");
        require(isForThisProvider(object.claims().get("aud")), "aud is not the issuer");
        require(isOfNow(object), "exp or nbf is missing, or not within an hour");
        require(
                !object.claims().containsKey("request") && !object.claims().containsKey("request_uri"),
                "a request within the request");
        Canary.RUN.learn(SecretKind.STATE, object.text("state"));
        Canary.RUN.learn(SecretKind.NONCE, object.text("nonce"));
        return parameters(object.claims());
    }

    private static ReceivedJwt parsed(Parameters sent) throws RequestRefusal {
        require(sent.all("request").size() == 1, "more than one");
        try {
            return ReceivedJwt.parse(sent.get("request"));
        } catch (IllegalArgumentException e) {
            throw new RequestRefusal("invalid_request_object", "not a signed JWT");
        }
    }

    private List<Map<String, Object>> keys() {
        Assurance assurance = provider.honesty().assurance;
        List<Map<String, Object>> own = assurance.requestObjects.ownKeys;
        return own.isEmpty() ? assurance.clientKeys : own;
    }

    private boolean isForThisProvider(Object audience) {
        String issuer = provider.issuer();
        return issuer.equals(audience) || (audience instanceof List<?> several && several.contains(issuer));
    }

    private static boolean isOfNow(ReceivedJwt object) {
        Long exp = object.seconds("exp");
        Long nbf = object.seconds("nbf");
        long now = Instant.now().getEpochSecond();
        return exp != null
                && nbf != null
                && exp > now
                && exp <= nbf + LONGEST_SECONDS
                && nbf >= now - LONGEST_SECONDS
                && nbf <= now + TOLERATED_SECONDS;
    }

    private static Parameters parameters(Map<String, Object> claims) {
        Parameters parameters = Parameters.none();
        for (Map.Entry<String, Object> claim : claims.entrySet()) {
            String name = claim.getKey();
            if (name.equals("resource") && claim.getValue() instanceof List<?> several) {
                for (Object resource : several) {
                    parameters = parameters.plus(name, resource.toString());
                }
            } else if (!OWN_CLAIMS.contains(name)) {
                parameters = parameters.plus(name, text(claim.getValue()));
            }
        }
        return parameters;
    }

    @SuppressWarnings("unchecked")
    private static String text(Object value) {
        if (value instanceof Map<?, ?> members) {
            return JSONObjectUtils.toJSONString((Map<String, Object>) members);
        }
        return value instanceof List<?> elements ? JSONArrayUtils.toJSONString(elements) : value.toString();
    }

    private static void require(boolean right, String otherwise) throws RequestRefusal {
        if (!right) {
            throw new RequestRefusal("invalid_request_object", otherwise);
        }
    }
}
