package io.github.pkceauth.testkit;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an authorization request asks for, whichever way it has come, and what is wrong with it. */
record AuthorizationRequests(ScriptedProvider provider) {
    private static final Set<String> BESIDE_A_PUSHED_REQUEST = Set.of("client_id", "request_uri");

    /** The request that is meant by what a browser has brought. */
    Parameters broughtByBrowser(Parameters brought) throws RequestRefusal {
        PushedRequests pushed = provider.honesty().assurance.pushed;
        if (!brought.has("request_uri")) {
            if (pushed.required) {
                throw new RequestRefusal("invalid_request", "requests must be pushed");
            }
            return checked(opened(brought));
        }
        if (!pushed.taken) {
            throw new RequestRefusal("request_uri_not_supported", "requests are not pushed here");
        }
        if (!brought.names().equals(BESIDE_A_PUSHED_REQUEST)
                || brought.entries().size() != 2) {
            throw new RequestRefusal("invalid_request", "client_id and request_uri alone are for the address");
        }
        Parameters found = pushed.find(brought.get("request_uri"));
        if (found == null || !found.get("client_id").equals(brought.get("client_id"))) {
            throw new RequestRefusal("invalid_request_uri", "unknown, used, expired or another client's");
        }
        return found;
    }

    /** The request that a client has pushed. */
    Parameters pushedByClient(Parameters form) throws RequestRefusal {
        if (form.has("request_uri")) {
            throw new RequestRefusal("invalid_request", "request_uri within a pushed request");
        }
        Parameters request =
                form.without("client_secret").without("client_assertion").without("client_assertion_type");
        boolean named = request.has("client_id") || !request.has("request");
        Parameters asked = checked(opened(named ? request : request.with("client_id", provider.clientId())));
        String error = error(asked);
        if (!error.isEmpty()) {
            int colon = error.indexOf(':');
            throw new RequestRefusal(error.substring(0, colon), error.substring(colon + 2));
        }
        return asked;
    }

    /** What the request's object says, where there is one; what the request says, where it needs none. */
    private Parameters opened(Parameters sent) throws RequestRefusal {
        RequestObjects objects = provider.honesty().assurance.requestObjects;
        if (!sent.has("request")) {
            if (objects.required) {
                throw new RequestRefusal("invalid_request", "requests must be signed");
            }
            return sent;
        }
        if (!objects.taken) {
            throw new RequestRefusal("request_not_supported", "signed requests are not for this provider");
        }
        return new RequestObjectCheck(provider).opened(sent);
    }

    /** What is wrong with a request whose redirect URI is good, as error code, colon and words; empty where nothing is. */
    String error(Parameters asked) {
        for (String name : asked.names()) {
            if (asked.all(name).size() > 1 && !name.equals("resource")) {
                return "invalid_request: repeated " + name;
            }
        }
        if (!asked.has("response_type") || !asked.get("response_type").equals("code")) {
            return "unsupported_response_type: only code";
        }
        boolean s256 = asked.has("code_challenge_method")
                && asked.get("code_challenge_method").equals("S256");
        if (!s256 || !asked.has("code_challenge") || asked.get("code_challenge").length() != 43) {
            return "invalid_request: PKCE with S256 is required";
        }
        if (!asked.all("authorization_details").stream().allMatch(AuthorizationRequests::areDetails)) {
            return "invalid_authorization_details: not an array of objects that each have a type";
        }
        return "";
    }

    /** RFC 9396 section 2. */
    private static boolean areDetails(String text) {
        try {
            return JSONArrayUtils.parse(text).stream()
                    .allMatch(detail -> detail instanceof Map<?, ?> members && members.get("type") instanceof String);
        } catch (ParseException e) {
            return false;
        }
    }

    /** The same, where the browser can be sent back to its redirect URI. */
    private Parameters checked(Parameters asked) throws RequestRefusal {
        if (!asked.all("client_id").equals(List.of(provider.clientId()))) {
            throw new RequestRefusal("unauthorized_client", "unknown client_id");
        }
        if (asked.all("redirect_uri").size() != 1) {
            throw new RequestRefusal("invalid_request", "no redirect_uri, or more than one");
        }
        URI uri = URI.create(asked.get("redirect_uri"));
        boolean usable = uri.isAbsolute() && uri.getRawFragment() == null;
        if (!usable || !provider.honesty().accepts(uri.toString())) {
            throw new RequestRefusal("invalid_request", "redirect_uri is not registered");
        }
        return asked;
    }
}
