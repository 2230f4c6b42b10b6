package io.github.pkceauth.oidc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The request that sends the user to the provider (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1). Safe for use by several
 * threads.
 */
public final class AuthorizationRequest {

    /**
     * The parameters that are the filter's own: further parameters of a deployment can neither
     * override nor repeat them. {@code acr_values} and {@code max_age} are among them because their answers would go
     * unchecked.
     */
    public static final Set<String> RESERVED = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "response_mode",
            "audience",
            "resource",
            "request",
            "request_uri",
            "code",
            "code_verifier",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "acr_values",
            "max_age",
            "dpop_jkt",
            "authorization_details");

    private final Client client;
    private final String usualPrompt;
    private volatile Frame last = new Frame("", "", "", "");

    /**
     * What is the same in each request.
     *
     * @param endpoint where they go
     * @param redirectUri where they are answered
     * @param before the address up to the parameters of one attempt
     * @param behind the rest of it
     */
    private record Frame(String endpoint, String redirectUri, String before, String behind) {}

    /**
     * The requests of a client.
     *
     * @param client the client
     */
    AuthorizationRequest(Client client) {
        this.client = client;
        this.usualPrompt = client.prompt()
                .map(prompt -> "&" + new Parameters().add("prompt", prompt).asQuery())
                .orElse("");
    }

    String uri(Provider provider, LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        String endpoint = provider.authorizationEndpoint().toString();
        boolean isUsual = hints.isEmpty() && attempt.required().details().isEmpty();
        Frame frame = isUsual ? usual(endpoint, attempt) : frame(endpoint, attempt, hints);
        // All three are of characters that stand for themselves in a query.
        return frame.before()
                + "&state="
                + attempt.state()
                + "&nonce="
                + attempt.nonce()
                + "&code_challenge="
                + Pkce.challenge(attempt.codeVerifier())
                + frame.behind()
                + ofThisOne(attempt, hints);
    }

    /** All parameters of a request, for one that is signed or pushed. */
    Parameters parameters(LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        Parameters parameters = before(attempt.redirectUri())
                .add("state", attempt.state())
                .add("nonce", attempt.nonce())
                .add("code_challenge", Pkce.challenge(attempt.codeVerifier()))
                .addAll(behind(attempt, hints).entries())
                .addAll(further(attempt, hints).entries());
        if (!LoginAttempt.isSilent(attempt.state())) {
            client.prompt().ifPresent(prompt -> parameters.add("prompt", prompt));
        }
        return parameters;
    }

    /** What most requests do not have, or all of them the same. */
    private String ofThisOne(LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        boolean silent = LoginAttempt.isSilent(attempt.state());
        if (attempt.required().isNone() && !silent && hints.isEmpty() && attempt.dpopKey() == null) {
            return usualPrompt;
        }
        String query = bound(further(attempt, hints), attempt).asQuery();
        return (query.isEmpty() ? "" : "&" + query) + (silent ? "" : usualPrompt);
    }

    /** Names the key of the login, so that the code is bound to it as well (RFC 9449 section 10). */
    static Parameters bound(Parameters parameters, LoginAttempt attempt) {
        @Nullable DpopKey key = attempt.dpopKey();
        return key == null ? parameters : parameters.add("dpop_jkt", key.thumbprint());
    }

    private static Parameters further(LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        Parameters parameters = new Parameters().addAll(hints);
        if (!attempt.required().acrValues().isEmpty()) {
            parameters.add("acr_values", attempt.required().acrValues());
        }
        if (attempt.required().limitsAge()) {
            parameters.add("max_age", Long.toString(attempt.required().maxAge()));
        }
        if (LoginAttempt.isSilent(attempt.state())) {
            parameters.add("prompt", "none");
        }
        return parameters;
    }

    private Frame usual(String endpoint, LoginAttempt attempt) {
        Frame frame = last;
        if (!frame.endpoint().equals(endpoint) || !frame.redirectUri().equals(attempt.redirectUri())) {
            frame = frame(endpoint, attempt, List.of());
            last = frame;
        }
        return frame;
    }

    private Frame frame(String endpoint, LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        return new Frame(
                endpoint,
                attempt.redirectUri(),
                before(attempt.redirectUri()).appendedTo(endpoint),
                "&" + behind(attempt, hints).asQuery());
    }

    private Parameters before(String redirectUri) {
        return new Parameters()
                .add("response_type", "code")
                .add("client_id", client.id())
                .add("redirect_uri", redirectUri)
                .add("scope", client.scope());
    }

    /** A hint of one login goes before what all logins have of the same name; neither may come twice. */
    private Parameters behind(LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        Set<String> hinted = hints.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        Parameters behind = new Parameters().add("code_challenge_method", Pkce.METHOD);
        if (client.responseMode() != ResponseMode.QUERY) {
            behind.add("response_mode", client.responseMode().word());
        }
        client.authorizationDetails()
                .flatMap(details -> details.askedBy(attempt.required().details()))
                .ifPresent(details -> behind.add("authorization_details", details));
        client.audience().ifPresent(audience -> behind.add("audience", audience));
        client.resources().forEach(resource -> behind.add("resource", resource));
        return behind.addAll(client.extraParameters().stream()
                .filter(parameter -> !hinted.contains(parameter.getKey()))
                .toList());
    }
}
