package io.github.pkceauth.testkit;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The live sessions of an application, as its container tells them. Thread-safe. */
public final class Sessions {
    private final Map<String, HttpSession> live = new ConcurrentHashMap<>();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger renamed = new AtomicInteger();
    private final String cookieName;
    private final Duration timeout;

    /**
     * @param timeout the idle time that new sessions get, zero for the container's own
     */
    Sessions(String cookieName, Duration timeout) {
        this.cookieName = cookieName;
        this.timeout = timeout;
    }

    /** How many sessions are alive. */
    public int count() {
        return live.size();
    }

    /** How many sessions have ever been made. */
    public int created() {
        return created.get();
    }

    /** How many times a session's id has been changed. */
    public int renamed() {
        return renamed.get();
    }

    /** The ids of the live sessions. */
    public Set<String> ids() {
        return Set.copyOf(live.keySet());
    }

    /** The live sessions. */
    public List<HttpSession> all() {
        return List.copyOf(live.values());
    }

    /** The only live session; fails the test when there is none, or more than one. */
    public HttpSession only() {
        List<HttpSession> all = all();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " sessions: " + live.keySet());
        }
        return all.get(0);
    }

    /** The session of the browser's session cookie; fails the test when it has none that lives. */
    public HttpSession of(Browser browser) {
        return of(browser.cookies().get(cookieName));
    }

    /** The session behind a session cookie's value; fails the test when it does not live. */
    public HttpSession of(String cookieValue) {
        HttpSession session = live.get(id(cookieValue));
        if (session == null) {
            throw new AssertionError("No live session " + cookieValue + " among " + live.keySet());
        }
        return session;
    }

    /** Whether the session behind a session cookie's value lives. */
    public boolean has(String cookieValue) {
        return live.containsKey(id(cookieValue));
    }

    /** The names of the attributes in a browser's session, sorted. */
    public Set<String> attributeNames(Browser browser) {
        return attributeNames(of(browser));
    }

    /** The names of the attributes in a session, sorted. */
    public static Set<String> attributeNames(HttpSession session) {
        return new TreeSet<>(Collections.list(session.getAttributeNames()));
    }

    /** The names of the attributes in all sessions, sorted. */
    public Set<String> attributeNames() {
        Set<String> names = new TreeSet<>();
        all().forEach(session -> names.addAll(attributeNames(session)));
        return names;
    }

    /** Ends every session, as if it had been idle for too long. */
    public void expireAll() {
        all().forEach(HttpSession::invalidate);
    }

    /** Jetty puts the name of the node behind the id. */
    private String id(String cookieValue) {
        int dot = cookieValue.lastIndexOf('.');
        return dot < 0 || live.containsKey(cookieValue) ? cookieValue : cookieValue.substring(0, dot);
    }

    /** What the container has to call. */
    Listener listener() {
        return new Listener();
    }

    /** Keeps the sessions up to date. */
    final class Listener implements HttpSessionListener, HttpSessionIdListener {
        private Listener() {}

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            created.incrementAndGet();
            HttpSession session = event.getSession();
            if (!timeout.isZero()) {
                session.setMaxInactiveInterval(Math.toIntExact(timeout.toSeconds()));
            }
            live.put(session.getId(), session);
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            live.remove(event.getSession().getId());
        }

        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {
            renamed.incrementAndGet();
            live.remove(oldId);
            live.put(event.getSession().getId(), event.getSession());
        }
    }
}
