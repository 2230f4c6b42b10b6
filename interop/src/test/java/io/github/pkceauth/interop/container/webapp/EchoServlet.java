package io.github.pkceauth.interop.container.webapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells what it sees of a request; by {@code ?read=body} or {@code ?read=parameters}, that of it. */
public final class EchoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public EchoServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = String.valueOf(request.getQueryString());
        if (query.contains("read=body")) {
            byte[] body = request.getInputStream().readAllBytes();
            Tell.write(response, Map.of("body", new String(body, StandardCharsets.UTF_8)));
        } else if (query.contains("read=parameters")) {
            request.setCharacterEncoding("UTF-8");
            Tell.parameters(request, response);
        } else {
            Tell.all(request, response);
        }
    }
}
