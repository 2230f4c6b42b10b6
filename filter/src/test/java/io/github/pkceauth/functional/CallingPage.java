package io.github.pkceauth.functional;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.Tokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A page of an application that calls an API for its user: {@code ?fresh}, {@code ?refreshed}, {@code
 * ?two-threads}. It says what came of that and who is signed in then, and keeps the tokens to itself.
 */
@SuppressWarnings("serial")
final class CallingPage extends HttpServlet {

    private final Queue<Tokens> tokens = new ConcurrentLinkedQueue<>();

    /** What the application has got so far. */
    List<Tokens> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String asked = String.valueOf(request.getQueryString());
        String told;
        if (asked.equals("two-threads")) {
            CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> outcome(request, "fresh"));
            told = outcome(request, "fresh") + " and " + other.join();
        } else {
            told = outcome(request, asked);
        }
        response.setContentType("text/plain");
        response.getWriter().write(told + " for " + request.getUserPrincipal());
    }

    private String outcome(HttpServletRequest request, String asked) {
        try {
            tokens.add(asked.equals("fresh") ? Tokens.fresh(request) : Tokens.refreshed(request));
            return "tokens";
        } catch (AuthFailure e) {
            return e.reason() + " (" + e.getMessage() + ")";
        }
    }
}
