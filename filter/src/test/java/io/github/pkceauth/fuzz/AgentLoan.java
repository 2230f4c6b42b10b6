package io.github.pkceauth.fuzz;

import java.lang.instrument.Instrumentation;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.mockito.internal.PremainAttachAccess;

/**
 * Lends Jazzer the agent that Mockito was given at the start. Jazzer would else attach one of its own to the running
 * JVM, which newer JDKs warn of and later ones are to forbid.
 */
public final class AgentLoan implements LauncherSessionListener {

    /** Where Jazzer's copy of Byte Buddy looks for an agent that is there already. */
    private static final String BORROWER = "com.code_intelligence.jazzer.third_party.net.bytebuddy.agent.Installer";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Instrumentation instrumentation = PremainAttachAccess.getInstrumentation();
        if (instrumentation == null) {
            return; // as when an IDE starts the tests
        }
        try {
            // By name, since the class refers to annotations that no class path has.
            Class.forName(BORROWER)
                    .getMethod("premain", String.class, Instrumentation.class)
                    .invoke(null, "", instrumentation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Jazzer keeps its agent elsewhere than in " + BORROWER, e);
        }
    }
}
