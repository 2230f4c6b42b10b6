package io.github.pkceauth.example;

import io.github.pkceauth.api.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** A stand-in for the filter: everybody is the given user, who has the given tokens. */
final class TestLogin extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final TestUser user;
    private final TestTokens tokens;

    TestLogin(TestUser user, TestTokens tokens) {
        this.user = user;
        this.tokens = tokens;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(Tokens.ATTRIBUTE, tokens);
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return user;
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return user.roles().contains(role);
                    }
                },
                response);
    }
}
