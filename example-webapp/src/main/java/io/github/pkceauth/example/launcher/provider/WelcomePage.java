package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where a sign-in ends that no application asked for. */
final class WelcomePage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page.write(
                response,
                "Signed in",
                "<p><b>" + Page.escape(request.getRemoteUser())
                        + "</b> is signed in here. Go on in the application.</p>");
    }
}
