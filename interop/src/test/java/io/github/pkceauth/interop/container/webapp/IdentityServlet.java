package io.github.pkceauth.interop.container.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Calls the method of the Servlet API for login or logout that the end of its path names. */
public final class IdentityServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public IdentityServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/authenticate" -> {
                if (request.authenticate(response)) {
                    Tell.all(request, response);
                }
            }
            case "/logout" -> {
                request.logout();
                Tell.all(request, response);
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
