package io.github.pkceauth.example;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A stand-in for the filter: everybody is the given user, who has the given tokens, and others after a refresh. */
final class TestLogin extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final TestUser user;
    private final TestTokens tokens;
    private final transient Refresh refresh;
    private final AtomicInteger logouts = new AtomicInteger();

    /** What comes of a refresh. */
    @FunctionalInterface
    interface Refresh {
        Tokens tokens() throws AuthFailure;
    }

    TestLogin(TestUser user, TestTokens tokens) {
        this(user, tokens, () -> tokens);
    }

    TestLogin(TestUser user, TestTokens tokens, Refresh refresh) {
        this.user = user;
        this.tokens = tokens;
        this.refresh = refresh;
    }

    /** How often the application has signed somebody out. */
    int logouts() {
        return logouts.get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(Tokens.ATTRIBUTE, tokens);
        request.setAttribute(Tokens.Source.ATTRIBUTE, new TestSource(refresh));
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

                    @Override
                    public void logout() {
                        logouts.incrementAndGet();
                    }
                },
                response);
    }

    private record TestSource(Refresh refresh) implements Tokens.Source {

        @Override
        public Tokens fresh() throws AuthFailure {
            return refresh.tokens();
        }

        @Override
        public Tokens refreshed() throws AuthFailure {
            return refresh.tokens();
        }

        @Override
        public SSLContext sslContext() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
