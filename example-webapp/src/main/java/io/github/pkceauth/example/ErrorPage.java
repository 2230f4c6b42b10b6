package io.github.pkceauth.example;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What stands in place of the container's error pages, which differ, and may show the inside of the application. */
final class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Whatever the method was that failed. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Absent where somebody opens this page itself: it is for the container only.
        Object error = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = error instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(status);
        switch (status) {
            case HttpServletResponse.SC_NOT_FOUND ->
                Html.write(request, response, "Not found", "<p>There is no such page.</p>");
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED ->
                Html.write(request, response, "Not like this", "<p>This page does not take such a request.</p>");
            default -> Html.write(request, response, "Error " + status, "<p>That did not work.</p>");
        }
    }
}
