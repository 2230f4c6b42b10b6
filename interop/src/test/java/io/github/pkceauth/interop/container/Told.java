package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Page;
import java.util.Map;

/**
 * What the probe has told of a request.
 *
 * @param members what it is made of; what is null there is empty here
 */
record Told(Map<String, Object> members) {

    /** Fails the test where the page is not the probe's. */
    static Told by(Page page) {
        assertTrue(page.body().contains("\"dispatcherType\""), page::toString);
        return new Told(page.json());
    }

    String user() {
        return text("remoteUser");
    }

    String dispatcherType() {
        return text("dispatcherType");
    }

    String text(String name) {
        Object value = members.get(name);
        return value == null ? "" : value.toString();
    }
}
