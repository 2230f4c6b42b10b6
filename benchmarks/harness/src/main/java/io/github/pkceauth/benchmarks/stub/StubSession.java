package io.github.pkceauth.benchmarks.stub;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A session in memory. Not safe for use by several threads. */
public final class StubSession implements HttpSession {

    private static final int HALF_AN_HOUR = 1800;
    private static final AtomicLong IDS = new AtomicLong();

    private final Map<String, Object> attributes = new HashMap<>();
    private final ServletContext context;
    private final long creationTime = System.currentTimeMillis();
    private String id = newId();
    private int maxInactiveInterval = HALF_AN_HOUR;
    private boolean valid = true;

    /** A new session of an application. */
    public StubSession(ServletContext context) {
        this.context = context;
    }

    private static String newId() {
        return "session-" + IDS.incrementAndGet();
    }

    void changeId() {
        id = newId();
    }

    boolean isValid() {
        return valid;
    }

    @Override
    public long getCreationTime() {
        return creationTime;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public long getLastAccessedTime() {
        return creationTime;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
        maxInactiveInterval = interval;
    }

    @Override
    public int getMaxInactiveInterval() {
        return maxInactiveInterval;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        // A snapshot, as containers hand it out: the attributes may change while it is gone through.
        return Collections.enumeration(new ArrayList<>(attributes.keySet()));
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public void invalidate() {
        valid = false;
        attributes.clear();
    }

    @Override
    public boolean isNew() {
        return false;
    }
}
