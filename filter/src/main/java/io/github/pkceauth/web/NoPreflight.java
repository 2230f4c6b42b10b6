package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a CORS preflight without allowing anything, and leaves all else to another handler. An
 * application that allows other origins puts its CORS filter before this one.
 */
final class NoPreflight implements Handler {

    private final Handler handler;
    private final Replies replies;

    NoPreflight(Handler handler, Replies replies) {
        this.handler = handler;
        this.replies = replies;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        if (RequestKind.isPreflight(request)) {
            replies.preflight(response);
            return null;
        }
        return handler.handle(request, response);
    }
}
