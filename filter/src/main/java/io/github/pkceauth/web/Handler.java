package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is done with the requests of one route. Safe for use by several threads. */
interface Handler {

    /**
     * Answers the request, or lets it pass.
     *
     * @param request the request
     * @param response untouched if the request is to pass
     * @return the request to pass on to the application, or null if it has been answered
     * @throws AuthFailure if it is refused; nothing has been answered then
     * @throws IOException if the answer cannot be written
     */
    @Nullable
    HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response) throws AuthFailure, IOException;
}
