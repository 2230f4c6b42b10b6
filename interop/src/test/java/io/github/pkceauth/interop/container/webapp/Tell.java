package io.github.pkceauth.interop.container.webapp;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what a servlet sees of a request, as JSON. */
final class Tell {

    private Tell() {}

    static void all(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        seen.put("method", request.getMethod());
        seen.put("requestURI", request.getRequestURI());
        seen.put("query", request.getQueryString());
        seen.put("servletPath", request.getServletPath());
        seen.put("pathInfo", request.getPathInfo());
        seen.put("remoteUser", request.getRemoteUser());
        seen.put("authType", request.getAuthType());
        seen.put("isUser", request.isUserInRole("user"));
        seen.put("dispatcherType", request.getDispatcherType().name());
        seen.put("error", request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        HttpSession session = request.getSession(false);
        seen.put("hasSession", session != null);
        seen.put("note", session == null ? null : session.getAttribute(NoteServlet.NOTE));
        write(response, seen);
    }

    /** The parameters, form fields included. */
    static void parameters(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        write(response, Map.of("parameters", parameters));
    }

    static void write(HttpServletResponse response, Map<String, ? extends @Nullable Object> members)
            throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(JSONObjectUtils.toJSONString(members));
    }
}
