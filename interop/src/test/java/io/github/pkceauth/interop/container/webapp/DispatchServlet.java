package io.github.pkceauth.interop.container.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Has its requests answered by others, each in the way that the end of its path says. */
public final class DispatchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ECHO = "/echo/inner";

    /** Called by the container. */
    public DispatchServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher echo = request.getRequestDispatcher(ECHO);
        switch (String.valueOf(request.getPathInfo())) {
            case "/async" -> request.startAsync().dispatch(ECHO);
            case "/async-with-own" -> request.startAsync(request, response).dispatch(ECHO);
            case "/thread" -> answerElsewhere(request.startAsync());
            case "/forward" -> echo.forward(request, response);
            case "/include" -> echo.include(request, response);
            case "/error" -> response.sendError(418);
            case "/failure" -> throw new ServletException("The application has failed");
            case "/async-failure" -> failElsewhere(request.startAsync());
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void answerElsewhere(AsyncContext async) {
        async.start(() -> {
            try {
                Tell.all((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
                async.complete();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** An asynchronous dispatch that ends in an error. */
    private static void failElsewhere(AsyncContext async) {
        async.start(() -> async.dispatch("/dispatch/failure"));
    }
}
