package io.github.pkceauth.interop.container.webapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Keeps a note in the session: the end of its path. */
public final class NoteServlet extends HttpServlet {

    static final String NOTE = "note";

    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public NoteServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getSession().setAttribute(NOTE, String.valueOf(request.getPathInfo()));
        Tell.all(request, response);
    }
}
