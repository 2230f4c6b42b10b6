package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the filter's own answers look, in whatever container. */
final class Own {

    private static final Pattern INSIDE =
            Pattern.compile("(?i)tomcat|jetty|undertow|catalina|jboss|\\bat [a-z]+[.][\\w.$]+\\(|exception");
    private static final Pattern REFERENCE = Pattern.compile("Reference: <code>([a-z0-9]+)</code>");

    private Own() {}

    /** That the answer shows nothing of what is inside: neither product nor version, and no stack trace. */
    static void assertTellsNothingOfTheInside(Page page) {
        assertFalse(INSIDE.matcher(page.body()).find(), page::toString);
        assertFalse(page.headers().has("Server"), page::toString);
        assertFalse(page.headers().has("X-Powered-By"), page::toString);
    }

    /** That the answer is the filter's page for a failure; hands back its reference. */
    static String assertIsFailure(Page page, int status, String code) {
        assertTrue(page.status() == status, page::toString);
        assertTrue(page.body().contains("<code>" + code + "</code>"), page::toString);
        Matcher reference = REFERENCE.matcher(page.body());
        assertTrue(reference.find(), page::toString);
        return reference.group(1);
    }
}
