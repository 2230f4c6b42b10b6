package io.github.pkceauth.functional;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A session store that hands each request a copy of the session, as those do that keep sessions
 * elsewhere. Requests by script get theirs all together, before any of them goes on.
 */
final class CopiedSessions implements Filter {

    private static final int PATIENCE_SECONDS = 20;

    private final CyclicBarrier barrier;

    CopiedSessions(int together) {
        barrier = new CyclicBarrier(together);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpSession session = http.getSession(false);
        if (session == null || !"cors".equals(http.getHeader("Sec-Fetch-Mode"))) {
            chain.doFilter(http, response);
            return;
        }
        HttpSession copy = copy(session);
        meet();
        chain.doFilter(
                new HttpServletRequestWrapper(http) {
                    @Override
                    public @Nullable HttpSession getSession(boolean create) {
                        return super.getSession(create) == null ? null : copy;
                    }
                },
                response);
    }

    private static HttpSession copy(HttpSession session) {
        Map<String, Object> copied = new HashMap<>();
        Collections.list(session.getAttributeNames()).forEach(name -> copied.put(name, session.getAttribute(name)));
        return (HttpSession) Proxy.newProxyInstance(
                HttpSession.class.getClassLoader(), new Class<?>[] {HttpSession.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getAttribute")) {
                        return copied.get(String.valueOf(arguments[0]));
                    }
                    if (method.getName().equals("setAttribute")) {
                        copied.put(String.valueOf(arguments[0]), arguments[1]);
                    }
                    return call(session, method, arguments);
                });
    }

    private static @Nullable Object call(HttpSession session, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void meet() throws IOException {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
