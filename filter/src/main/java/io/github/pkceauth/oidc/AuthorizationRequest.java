package io.github.pkceauth.oidc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
            "max_age");

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
        Frame frame = hints.isEmpty() ? usual(endpoint, attempt) : frame(endpoint, attempt.redirectUri(), hints);
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

    /** What most requests do not have, or all of them the same. */
    private String ofThisOne(LoginAttempt attempt, List<Map.Entry<String, String>> hints) {
        boolean silent = LoginAttempt.isSilent(attempt.state());
        if (attempt.required().isNone() && !silent && hints.isEmpty()) {
            return usualPrompt;
        }
        Parameters parameters = new Parameters().addAll(hints);
        if (!attempt.required().acrValues().isEmpty()) {
            parameters.add("acr_values", attempt.required().acrValues());
        }
        if (attempt.required().limitsAge()) {
            parameters.add("max_age", Long.toString(attempt.required().maxAge()));
        }
        if (silent) {
            parameters.add("prompt", "none");
        }
        String query = parameters.asQuery();
        return (query.isEmpty() ? "" : "&" + query) + (silent ? "" : usualPrompt);
    }

    private Frame usual(String endpoint, LoginAttempt attempt) {
        Frame frame = last;
        if (!frame.endpoint().equals(endpoint) || !frame.redirectUri().equals(attempt.redirectUri())) {
            frame = frame(endpoint, attempt.redirectUri(), List.of());
            last = frame;
        }
        return frame;
    }

    /** A hint of one login goes before what all logins have of the same name; neither may come twice. */
    private Frame frame(String endpoint, String redirectUri, List<Map.Entry<String, String>> hints) {
        Set<String> hinted = hints.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        String before = new Parameters()
                .add("response_type", "code")
                .add("client_id", client.id())
                .add("redirect_uri", redirectUri)
                .add("scope", client.scope())
                .appendedTo(endpoint);
        Parameters behind = new Parameters().add("code_challenge_method", Pkce.METHOD);
        if (client.formPost()) {
            behind.add("response_mode", "form_post");
        }
        client.audience().ifPresent(audience -> behind.add("audience", audience));
        client.resources().forEach(resource -> behind.add("resource", resource));
        behind.addAll(client.extraParameters().stream()
                .filter(parameter -> !hinted.contains(parameter.getKey()))
                .toList());
        return new Frame(endpoint, redirectUri, before, "&" + behind.asQuery());
    }
}
