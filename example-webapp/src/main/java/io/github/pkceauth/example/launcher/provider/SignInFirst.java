package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends an authorization request of somebody who is not signed in to the login form, which brings it back; or straight back
 * to the application, where nothing is to be shown (OpenID Connect Core 3.1.2.1, prompt none).
 */
final class SignInFirst implements AuthenticationEntryPoint {

    private final ExampleClient client;
    private final Issuer issuer;

    SignInFirst(ExampleClient client, Issuer issuer) {
        this.client = client;
        this.issuer = issuer;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authenticationException)
            throws IOException {
        String redirectUri = request.getParameter("redirect_uri");
        response.sendRedirect(
                isSilent(request) && isTheApplications(redirectUri, request)
                        ? UriComponentsBuilder.fromUriString(redirectUri)
                                .queryParam("error", "login_required")
                                .queryParam("state", "{state}")
                                .queryParam("iss", "{iss}")
                                .encode()
                                .buildAndExpand(request.getParameter("state"), issuer.uri())
                                .toUriString()
                        : Continuation.of(request).signIn());
    }

    private static boolean isSilent(HttpServletRequest request) {
        String prompt = request.getParameter("prompt");
        return prompt != null && Arrays.asList(prompt.split(" ")).contains("none");
    }

    /** Nothing has been checked of the request yet, and nobody is to be sent elsewhere. */
    private boolean isTheApplications(@Nullable String redirectUri, HttpServletRequest request) {
        return redirectUri != null
                && client.id().equals(request.getParameter("client_id"))
                && client.addresses(client.callback()).contains(redirectUri);
    }
}
