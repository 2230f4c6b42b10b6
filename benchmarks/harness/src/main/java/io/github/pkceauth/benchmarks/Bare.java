package io.github.pkceauth.benchmarks;

import io.github.pkceauth.benchmarks.provider.Codes;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least that an application with sessions can do, and the measure of all others: it asks nobody who the user is, but
 * has a session and the same redirects.
 */
public final class Bare implements Contestant {

    private static final String USER = "user";
    private static final String STATE = "state";

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public Optional<Deployed> filter(Settings settings) {
        return Optional.of(new Deployed(new SessionFilter(settings), Map.of()));
    }

    private static final class SessionFilter implements Filter {

        private final AtomicLong states = new AtomicLong();
        private final Settings settings;

        SessionFilter(Settings settings) {
            this.settings = settings;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest asked = (HttpServletRequest) request;
            HttpServletResponse answer = (HttpServletResponse) response;
            HttpSession session = asked.getSession(false);
            String path = asked.getServletPath();
            if (path.startsWith("/public") || (session != null && session.getAttribute(USER) != null)) {
                chain.doFilter(request, response);
            } else if (path.equals(Settings.CALLBACK_PATH) && session != null) {
                asked.changeSessionId();
                session.setAttribute(USER, "user");
                answer.sendRedirect("/page");
            } else {
                String state = Long.toString(states.incrementAndGet());
                asked.getSession(true).setAttribute(STATE, state);
                String callback = "http://" + asked.getServerName() + ":" + asked.getServerPort();
                answer.sendRedirect(settings.issuer() + Codes.AUTHORIZE + "?client_id=" + settings.clientId()
                        + "&redirect_uri=" + callback + Settings.CALLBACK_PATH + "&state=" + state);
            }
        }
    }
}
