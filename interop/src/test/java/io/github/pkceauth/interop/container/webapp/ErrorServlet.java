package io.github.pkceauth.interop.container.webapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application's page for the container's errors. */
public final class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public ErrorServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Tell.all(request, response);
    }
}
