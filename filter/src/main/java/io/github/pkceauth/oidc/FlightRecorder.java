package io.github.pkceauth.oidc;

/** Whether there is JDK Flight Recorder; a few Java runtimes come without. */
public final class FlightRecorder {

    private static final boolean PRESENT = isFound();

    private FlightRecorder() {}

    public static boolean isPresent() {
        return PRESENT;
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
