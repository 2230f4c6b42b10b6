package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Why a request stops here: what cannot be told to the application, a wrong redirect URI above all. */
final class ErrorPage extends HttpServlet {

    static final String PATH = "/error";

    private static final long serialVersionUID = 1L;

    /** Whatever the method was that failed. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        Page.write(
                response,
                "Error " + response.getStatus(),
                "<p>" + Page.escape(message == null ? "That did not work." : message.toString()) + "</p>");
    }
}
