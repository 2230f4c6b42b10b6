package io.github.pkceauth.benchmarks.stub;

import java.lang.reflect.Proxy;

/** What stands behind the stubs: whatever they do not know themselves fails, and says what it was. */
final class Absent {

    private Absent() {}

    static <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                Absent.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("the stub has no " + method);
                }));
    }
}
