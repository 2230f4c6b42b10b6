package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.LoginState;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Holds callbacks at the worst of all moments: each has found the pending login, in the session or among its cookies,
 * and none goes on before so many others have found it, too.
 */
final class Rendezvous implements Filter {

    private static final int PATIENCE_SECONDS = 20;

    private final CyclicBarrier barrier;

    Rendezvous(int callbacks) {
        barrier = new CyclicBarrier(callbacks);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        chain.doFilter(http.getRequestURI().equals("/callback") ? new Held(http) : http, response);
    }

    private final class Held extends HttpServletRequestWrapper {
        private boolean met;

        Held(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable HttpSession getSession(boolean create) {
            HttpSession session = super.getSession(create);
            return session == null
                    ? null
                    : (HttpSession) Proxy.newProxyInstance(
                            HttpSession.class.getClassLoader(),
                            new Class<?>[] {HttpSession.class},
                            (proxy, method, arguments) -> call(session, method, arguments));
        }

        private @Nullable Object call(HttpSession session, Method method, Object @Nullable [] arguments)
                throws Throwable {
            @Nullable Object result;
            try {
                result = method.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            boolean finds = method.getName().equals("getAttribute")
                    && arguments != null
                    && String.valueOf(arguments[0]).contains(".attempt.");
            if (finds && !met) {
                met = true;
                meet();
            }
            return result;
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            Cookie[] cookies = super.getCookies();
            if (LoginState.isInCookies() && !met) {
                met = true;
                try {
                    meet();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return cookies;
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
}
