package io.github.pkceauth.oidc;

/** Whether anybody uses JDK Flight Recorder; a few Java runtimes come without. Safe for use by several threads. */
public final class FlightRecorder {

    private static final boolean PRESENT = isFound();

    private FlightRecorder() {}

    /**
     * Whether it has been switched on since the JVM was started. Until then no event may so much as be loaded: with its
     * first one the JVM reads what it knows of all events, which takes longer than a call of the provider.
     */
    public static boolean isOn() {
        return PRESENT && jdk.jfr.FlightRecorder.isInitialized();
    }

    private static boolean isFound() {
        try {
            Class.forName("jdk.jfr.Event");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
