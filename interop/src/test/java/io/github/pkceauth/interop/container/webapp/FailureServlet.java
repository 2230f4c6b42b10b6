package io.github.pkceauth.interop.container.webapp;

import io.github.pkceauth.api.FailureAttributes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's page for the filter's failures. */
public final class FailureServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public FailureServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, @Nullable Object> failure = new LinkedHashMap<>();
        failure.put("shownBy", "the application");
        failure.put("code", request.getAttribute(FailureAttributes.CODE));
        failure.put("status", request.getAttribute(FailureAttributes.STATUS));
        failure.put("reference", request.getAttribute(FailureAttributes.REFERENCE));
        failure.put("retry", request.getAttribute(FailureAttributes.RETRY));
        Tell.write(response, failure);
    }
}
