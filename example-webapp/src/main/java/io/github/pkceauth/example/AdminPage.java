package io.github.pkceauth.example;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page for the role {@code admin}, asked for as the Servlet API has it. */
final class AdminPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String name = Html.escape(SignedIn.user(request).getName());
        if (request.isUserInRole("admin")) {
            Html.write(request, response, "Admin", "<p>Welcome, <strong>" + name + "</strong>.</p>");
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            Html.write(
                    request,
                    response,
                    "Not for you",
                    "<p>This page is for the role <code>admin</code>, which <strong>" + name
                            + "</strong> does not have.</p>");
        }
    }
}
