package io.github.pkceauth.benchmarks.stub;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.descriptor.JspConfigDescriptor;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.EventListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An application at the root, of which little is known. Not safe for changes by several threads. */
public final class StubContext implements ServletContext {

    private final Map<String, Object> attributes = new HashMap<>();

    private static UnsupportedOperationException absent(String method) {
        return new UnsupportedOperationException("the stub has no " + method);
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public ServletContext getContext(String name) {
        throw absent("getContext");
    }

    @Override
    public int getMajorVersion() {
        return 6;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public int getEffectiveMajorVersion() {
        return 6;
    }

    @Override
    public int getEffectiveMinorVersion() {
        return 0;
    }

    @Override
    public @Nullable String getMimeType(String name) {
        return null;
    }

    @Override
    public Set<String> getResourcePaths(String name) {
        return Set.of();
    }

    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return null;
    }

    @Override
    public RequestDispatcher getRequestDispatcher(String name) {
        throw absent("getRequestDispatcher");
    }

    @Override
    public RequestDispatcher getNamedDispatcher(String name) {
        throw absent("getNamedDispatcher");
    }

    @Override
    public void log(String name) {
        // Nobody reads it.
    }

    @Override
    public void log(String name, Throwable thrown) {
        // Nobody reads it.
    }

    @Override
    public @Nullable String getRealPath(String name) {
        return null;
    }

    @Override
    public String getServerInfo() {
        return "stub";
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public boolean setInitParameter(String name, String other) {
        throw absent("setInitParameter");
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(List.copyOf(attributes.keySet()));
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public String getServletContextName() {
        return "stub";
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, String other) {
        throw absent("addServlet");
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, Servlet it) {
        throw absent("addServlet");
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, Class<? extends Servlet> it) {
        throw absent("addServlet");
    }

    @Override
    public ServletRegistration.Dynamic addJspFile(String name, String other) {
        throw absent("addJspFile");
    }

    @Override
    public <T extends Servlet> T createServlet(Class<T> it) {
        throw absent("createServlet");
    }

    @Override
    public @Nullable ServletRegistration getServletRegistration(String name) {
        return null;
    }

    @Override
    public Map<String, ? extends ServletRegistration> getServletRegistrations() {
        return Map.of();
    }

    @Override
    public FilterRegistration.Dynamic addFilter(String name, String other) {
        throw absent("addFilter");
    }

    @Override
    public FilterRegistration.Dynamic addFilter(String name, Filter it) {
        throw absent("addFilter");
    }

    @Override
    public FilterRegistration.Dynamic addFilter(String name, Class<? extends Filter> it) {
        throw absent("addFilter");
    }

    @Override
    public <T extends Filter> T createFilter(Class<T> it) {
        throw absent("createFilter");
    }

    @Override
    public @Nullable FilterRegistration getFilterRegistration(String name) {
        return null;
    }

    @Override
    public Map<String, ? extends FilterRegistration> getFilterRegistrations() {
        return Map.of();
    }

    @Override
    public SessionCookieConfig getSessionCookieConfig() {
        throw absent("getSessionCookieConfig");
    }

    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
        throw absent("setSessionTrackingModes");
    }

    @Override
    public Set<SessionTrackingMode> getDefaultSessionTrackingModes() {
        return Set.of(SessionTrackingMode.COOKIE);
    }

    @Override
    public Set<SessionTrackingMode> getEffectiveSessionTrackingModes() {
        return Set.of(SessionTrackingMode.COOKIE);
    }

    @Override
    public void addListener(String name) {
        throw absent("addListener");
    }

    @Override
    public <T extends EventListener> void addListener(T it) {
        throw absent("addListener");
    }

    @Override
    public void addListener(Class<? extends EventListener> it) {
        throw absent("addListener");
    }

    @Override
    public <T extends EventListener> T createListener(Class<T> it) {
        throw absent("createListener");
    }

    @Override
    public JspConfigDescriptor getJspConfigDescriptor() {
        throw absent("getJspConfigDescriptor");
    }

    @Override
    public ClassLoader getClassLoader() {
        return StubContext.class.getClassLoader();
    }

    @Override
    public void declareRoles(String... name) {
        throw absent("declareRoles");
    }

    @Override
    public String getVirtualServerName() {
        return "127.0.0.1";
    }

    @Override
    public int getSessionTimeout() {
        return 30;
    }

    @Override
    public void setSessionTimeout(int minutes) {
        throw absent("setSessionTimeout");
    }

    @Override
    public String getRequestCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public void setRequestCharacterEncoding(String name) {
        throw absent("setRequestCharacterEncoding");
    }

    @Override
    public String getResponseCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public void setResponseCharacterEncoding(String name) {
        throw absent("setResponseCharacterEncoding");
    }
}
