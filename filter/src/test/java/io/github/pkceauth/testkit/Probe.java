package io.github.pkceauth.testkit;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * An application that answers what it sees, as JSON. Its query may ask for more: {@code role=admin}
 * (any number of times) asks for roles, and {@code do=} is one of
 *
 * <ul>
 *   <li>{@code async-dispatch}: answers from an asynchronous dispatch to the same address
 *   <li>{@code async-thread}: answers from another thread
 *   <li>{@code forward}: forwards to the path in {@code to}
 *   <li>{@code error}: {@code sendError(418)}
 *   <li>{@code throw}: throws a ServletException
 *   <li>{@code session}: makes a session and puts the attribute {@code name} into it, if given
 *   <li>{@code logout}, {@code authenticate}: calls that method of the request before it answers
 *   <li>{@code parameters}: reads the parameters by the container, body included
 * </ul>
 */
@SuppressWarnings("serial")
public final class Probe extends HttpServlet {
    private final Queue<String> reached = new ConcurrentLinkedQueue<>();

    Probe() {}

    /** Method and raw URI of every request that got through to the application. */
    public List<String> reached() {
        return List.copyOf(reached);
    }

    /** How many requests got through to the application. */
    public int calls() {
        return reached.size();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        reached.add(request.getMethod() + " " + request.getRequestURI());
        Parameters asked = Parameters.parse(text(request.getQueryString()));
        String deed = asked.has("do") ? asked.get("do") : "";
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            answer(request, response, asked);
            return;
        }
        switch (deed) {
            case "async-dispatch" -> request.startAsync().dispatch();
            case "async-thread" -> answerElsewhere(request.startAsync(), asked);
            case "forward" -> request.getRequestDispatcher(asked.get("to")).forward(request, response);
            case "error" -> response.sendError(418);
            case "throw" -> throw new ServletException("The application has failed");
            case "authenticate" -> {
                if (request.authenticate(response)) {
                    answer(request, response, asked);
                }
            }
            default -> {
                prepare(deed, request, asked);
                answer(request, response, asked);
            }
        }
    }

    private static void prepare(String deed, HttpServletRequest request, Parameters asked) throws ServletException {
        if (deed.equals("logout")) {
            request.logout();
        } else if (deed.equals("session")) {
            request.getSession();
            asked.all("name").forEach(name -> request.getSession().setAttribute(name, "of the probe"));
        }
    }

    private static void answerElsewhere(AsyncContext async, Parameters asked) {
        async.start(() -> {
            try {
                answer((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse(), asked);
                async.complete();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Parameters asked)
            throws IOException {
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        if (asked.all("do").contains("parameters")) {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
            seen.put("parameters", parameters);
        }
        Principal principal = request.getUserPrincipal();
        seen.put("method", request.getMethod());
        seen.put("requestURI", request.getRequestURI());
        seen.put("requestURL", request.getRequestURL().toString());
        seen.put("query", request.getQueryString());
        seen.put("servletPath", request.getServletPath());
        seen.put("pathInfo", request.getPathInfo());
        seen.put("remoteUser", request.getRemoteUser());
        seen.put("principal", principal == null ? null : principal.getName());
        seen.put(
                "principalClass",
                principal == null ? null : principal.getClass().getName());
        seen.put("authType", request.getAuthType());
        seen.put("dispatcherType", request.getDispatcherType().name());
        Map<String, Object> roles = new LinkedHashMap<>();
        asked.all("role").forEach(role -> roles.put(role, request.isUserInRole(role)));
        seen.put("roles", roles);
        seen.put("session", request.getSession(false) != null);
        seen.put("body", Wire.utf8(request.getInputStream().readAllBytes()));
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Json.text(seen));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
