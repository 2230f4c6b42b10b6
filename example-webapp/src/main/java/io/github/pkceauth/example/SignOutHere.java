package io.github.pkceauth.example;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Ends the session of this application and leaves the provider's, so that the next sign-in needs no password: the
 * Servlet API's own logout. The filter's {@code /logout} ends both.
 */
final class SignOutHere extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!SameOrigin.sent(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            Html.write(
                    request,
                    response,
                    "Still signed in",
                    "<p>Another site asked to sign you out. It is done by the button on <a href=\""
                            + Html.contextPath(request) + "/me\">/me</a> only.</p>");
            return;
        }
        request.logout();
        response.sendRedirect(request.getContextPath() + "/");
    }
}
