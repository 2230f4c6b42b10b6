package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.function.Consumer;

/**
 * Something that befalls a call to the provider, and what a login that meets with it is told.
 *
 * @param what what it is called
 * @param status the status of the page that tells it
 * @param code its error code
 */
record Mishap(String what, Consumer<ScriptedProvider> script, int status, String code) {
    @Override
    public String toString() {
        return what;
    }
}
