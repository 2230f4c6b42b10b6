package io.github.pkceauth.testkit;

/** A running web application with the filter in it, on a free port of 127.0.0.1. */
public final class App implements AutoCloseable {
    /** Ends a container. */
    @FunctionalInterface
    interface Stop {
        void run() throws Exception;
    }

    private final AppBuilder made;
    private final int port;
    private final Stop stop;

    App(AppBuilder made, int port, Stop stop) {
        this.made = made;
        this.port = port;
        this.stop = stop;
    }

    /** An application on embedded Jetty, to be described and started. */
    public static AppBuilder jetty() {
        return on(Container.JETTY);
    }

    /** An application on embedded Tomcat, to be described and started. */
    public static AppBuilder tomcat() {
        return on(Container.TOMCAT);
    }

    /** An application on one of the containers, to be described and started. */
    public static AppBuilder on(Container container) {
        return new AppBuilder(container);
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The address of a path within the application, on localhost: another site than a provider's. */
    public String url(String path) {
        return urlAt("localhost", path);
    }

    /** The address of a path within the application, by another name of this machine. */
    public String urlAt(String host, String path) {
        return "http://" + host + ":" + port + made.contextPath() + path;
    }

    /** The live sessions. */
    public Sessions sessions() {
        return made.sessions();
    }

    /** What got through to the application. */
    public Probe probe() {
        return made.probe();
    }

    @Override
    public void close() {
        try {
            stop.run();
        } catch (Exception e) {
            throw new IllegalStateException("The container does not stop", e);
        }
    }
}
