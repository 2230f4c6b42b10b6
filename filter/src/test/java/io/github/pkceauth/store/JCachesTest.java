package io.github.pkceauth.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JCachesTest {

    /** As in most applications, which have one node and no use for it. */
    @Test
    void withoutTheApiItIsSaidWhatToAdd() throws Exception {
        URL classes = JCaches.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader bare = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> caches = bare.loadClass(JCaches.class.getName());

            Throwable thrown = assertThrows(
                            InvocationTargetException.class,
                            () -> caches.getMethod("named", String.class, ClassLoader.class, Duration.class)
                                    .invoke(null, "logins", bare, Duration.ofDays(1)))
                    .getCause();

            assertEquals(
                    JCaches.class.getName() + "$Unusable", thrown.getClass().getName());
            assertEquals(
                    "needs the JCache API: add javax.cache:cache-api to the application, and an engine that has it"
                            + " (Hazelcast, Infinispan, Ignite, Coherence, Redisson)",
                    thrown.getMessage());
        }
    }

    @Test
    void withoutALoaderTheThreadsOwnIsAsked() throws Exception {
        try (TestCaches own = new TestCaches()) {
            own.eternal("logins");

            assertInstanceOf(JCacheStore.class, JCaches.named(own.name("logins"), null, Duration.ofDays(1)));
        }
    }
}
