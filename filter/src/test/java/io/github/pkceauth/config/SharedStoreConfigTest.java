package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.store.TestCaches;
import io.github.pkceauth.testkit.Services;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where the store that nodes share comes from, and what is said about one that cannot be used. */
class SharedStoreConfigTest {

    private static final javax.cache.expiry.Duration DAY = new javax.cache.expiry.Duration(TimeUnit.DAYS, 1);
    private static final javax.cache.expiry.Duration WEEK = new javax.cache.expiry.Duration(TimeUnit.DAYS, 7);

    @AutoClose
    private final TestCaches caches = new TestCaches();

    @AutoClose
    private final Services services = Services.none();

    // A cache

    @Test
    void withoutAWordNothingIsShared() {
        assertTrue(DeploymentBuilder.minimal().config().sharedStore().isEmpty());
    }

    @Test
    void aCacheIsFoundByItsName() {
        caches.eternal("logins");

        SharedStore store = cached("logins").config().sharedStore().orElseThrow();
        store.put("a", "one", Duration.ofMinutes(1));

        assertEquals(Map.of("a", "one"), store.get(Set.of("a")));
        assertEquals(
                Map.of("a", "one"),
                cached("logins").config().sharedStore().orElseThrow().get(Set.of("a")));
    }

    @Test
    void withACacheALoneNodeIsNotWarnedOf() {
        caches.eternal("logins");

        assertEquals(
                List.of(),
                cached("logins")
                        .initParam("backchannelLogoutPath", "/notice")
                        .read()
                        .warnings());
    }

    @Test
    void aCacheThatTheEngineDoesNotHaveIsNamed() {
        assertEquals(
                "sharedCache = '" + caches.name("nowhere") + "' (init-param sharedCache): is no cache of the JCache"
                        + " engine org.jsr107.ri.spi.RICachingProvider: configure it there, with keys and values of"
                        + " java.lang.String, without eviction, and with no expiry or one that is longer than PT24H1M",
                cached("nowhere").problem());
    }

    @Test
    void fromOutsideWhateverCacheIsNamedMayBeThere() throws Exception {
        ConfigReader.Reading reading = ConfigReader.readFromOutside(
                cached("nowhere").initParam("backchannelLogoutPath", "/notice").build());

        assertTrue(reading.config().sharedStore().isPresent());
        assertEquals(List.of(), reading.warnings());
    }

    @Test
    void aCacheOfAnotherTypeIsNamed() {
        caches.of("numbers", Integer.class, EternalExpiryPolicy.factoryOf());

        String problem = cached("numbers").problem();

        assertTrue(
                problem.startsWith("sharedCache = '" + caches.name("numbers") + "' (init-param sharedCache): cannot be"
                        + " opened as a JCache of String to String (java.lang.ClassCastException: "),
                problem);
    }

    @Test
    void aCacheThatForgetsEarlyIsRefused() {
        assertRefused(
                ModifiedExpiryPolicy.factoryOf(DAY),
                "is a cache that forgets after PT24H, and what it is told"
                        + " must be kept for PT24H1M: give it a longer expiry, or none");
    }

    /** The state of a login is used up for as long as there may be a copy of its cookie. */
    @Test
    void aCacheThatForgetsPendingLoginsEarlyIsRefused() {
        caches.texts("early", ModifiedExpiryPolicy.factoryOf(DAY));

        String problem = cached("early")
                .initParam("maxSessionAge", "PT1H")
                .initParam("loginTimeout", "P1D")
                .problem();

        assertTrue(problem.contains("must be kept for PT24H2M"), problem);
    }

    /** What is put anew would be forgotten with its first life. */
    @Test
    void aCacheWhoseExpiryDoesNotBeginAnewIsRefused() {
        for (Factory<? extends ExpiryPolicy> policy :
                List.of(CreatedExpiryPolicy.factoryOf(WEEK), AccessedExpiryPolicy.factoryOf(WEEK))) {
            assertRefused(
                    policy,
                    "is a cache whose expiry does not begin anew when a value is put in place of another:"
                            + " give it an expiry that does, as javax.cache.expiry.ModifiedExpiryPolicy, or none");
        }
    }

    @Test
    void aCacheThatForgetsLateIsFine() {
        caches.texts("modified", ModifiedExpiryPolicy.factoryOf(WEEK));
        caches.texts("touched", TouchedExpiryPolicy.factoryOf(WEEK));
        caches.texts("created", CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ETERNAL));

        for (String name : List.of("modified", "touched", "created")) {
            assertTrue(cached(name).config().sharedStore().isPresent(), name);
        }
    }

    @Test
    void howLongACacheMustKeepDependsOnTheSessions() {
        caches.texts("logins", ModifiedExpiryPolicy.factoryOf(DAY));

        assertTrue(cached("logins")
                .initParam("maxSessionAge", "PT8H")
                .config()
                .sharedStore()
                .isPresent());
    }

    @Test
    void withoutAnEngineItIsSaidThatThereIsNone() {
        String problem = cached("logins").services(new WithoutEngine()).problem();

        assertTrue(
                problem.startsWith("sharedCache = '" + caches.name("logins") + "' (init-param sharedCache): cannot be"
                        + " opened as a JCache of String to String (javax.cache.CacheException: No CachingProviders"
                        + " have been configured"),
                problem);
    }

    private void assertRefused(Factory<? extends ExpiryPolicy> policy, String why) {
        caches.texts("forgetful", policy).getCacheManager();
        try {
            assertEquals(
                    "sharedCache = '" + caches.name("forgetful") + "' (init-param sharedCache): " + why,
                    cached("forgetful").problem());
        } finally {
            caches.close();
        }
    }

    /** An application without any JCache engine. */
    private static final class WithoutEngine extends ClassLoader {
        WithoutEngine() {
            super(SharedStoreConfigTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.endsWith("javax.cache.spi.CachingProvider")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }

    // A store of the application's own

    /** A store that the application brings along. */
    public static class OwnStore implements SharedStore {
        /** Made by the platform's ServiceLoader. */
        public OwnStore() {}

        @Override
        public Map<String, String> get(Set<String> keys) {
            return Map.of();
        }

        @Override
        public void put(String key, String value, Duration timeToLive) {}

        @Override
        public boolean putIfAbsent(String key, String value, Duration timeToLive) {
            return true;
        }
    }

    /** A second one. */
    public static final class OtherStore extends OwnStore {
        /** Made by the platform's ServiceLoader. */
        public OtherStore() {}
    }

    /** One that cannot be made. */
    public static final class BrokenStore extends OwnStore {
        /** Fails. */
        public BrokenStore() {
            throw new IllegalStateException("no address of a server");
        }
    }

    /** A listener that the application brings along. */
    public static final class OwnListener implements LoginListener {
        /** Made by the platform's ServiceLoader. */
        public OwnListener() {}

        @Override
        public void happened(LoginEvent event) {}
    }

    @Test
    void aStoreThatTheApplicationBringsIsTaken() {
        services.with(SharedStore.class, OwnStore.class);

        assertInstanceOf(
                OwnStore.class,
                DeploymentBuilder.minimal()
                        .services(services)
                        .config()
                        .sharedStore()
                        .orElseThrow());
    }

    @Test
    void severalStoresAreNamed() {
        services.with(SharedStore.class, OwnStore.class).with(SharedStore.class, OtherStore.class);

        assertEquals(
                "the application brings several stores, [" + OwnStore.class.getName() + ", "
                        + OtherStore.class.getName()
                        + "]: keep one in META-INF/services/io.github.pkceauth.api.SharedStore",
                DeploymentBuilder.minimal().services(services).problem());
    }

    @Test
    void aCacheBesidesAStoreIsOneTooMany() {
        caches.eternal("logins");
        services.with(SharedStore.class, OwnStore.class);

        assertTrue(cached("logins")
                .services(services)
                .problems()
                .contains("sharedCache = '" + caches.name("logins") + "' (init-param sharedCache): the"
                        + " application brings a store of its own, " + OwnStore.class.getName()
                        + "; remove one of them"));
    }

    @Test
    void aServicesFileThatNamesNothingThereIsIsNamed() {
        services.with(SharedStore.class, "com.example.Nowhere");

        assertEquals(
                "the application's SharedStore cannot be used (io.github.pkceauth.api.SharedStore: Provider"
                        + " com.example.Nowhere not found)",
                DeploymentBuilder.minimal().services(services).problem());
    }

    @Test
    void aServicesFileThatNamesSomethingElseIsNamed() {
        services.with(SharedStore.class, OwnListener.class);

        String problem = DeploymentBuilder.minimal().services(services).problem();

        assertTrue(problem.startsWith("the application's SharedStore cannot be used ("), problem);
        assertTrue(problem.contains("not a subtype"), problem);
    }

    @Test
    void aStoreThatCannotBeMadeIsNamed() {
        services.with(SharedStore.class, BrokenStore.class);

        String problem = DeploymentBuilder.minimal().services(services).problem();

        assertTrue(problem.startsWith("the application's SharedStore cannot be used ("), problem);
        assertTrue(problem.contains(BrokenStore.class.getName()), problem);
    }

    @Test
    void listenersAreFoundInTheSameWay() {
        services.with(LoginListener.class, OwnListener.class);

        List<LoginListener> listeners =
                DeploymentBuilder.minimal().services(services).config().listeners();

        assertEquals(1, listeners.size());
        assertInstanceOf(OwnListener.class, listeners.get(0));
    }

    @Test
    void aListenerThatIsNotThereIsNamed() {
        services.with(LoginListener.class, "com.example.Nowhere");

        assertEquals(
                "the application's LoginListener cannot be used (io.github.pkceauth.api.LoginListener: Provider"
                        + " com.example.Nowhere not found)",
                DeploymentBuilder.minimal().services(services).problem());
    }

    private DeploymentBuilder cached(String name) {
        return DeploymentBuilder.minimal()
                .services(getClass().getClassLoader())
                .initParam("sharedCache", caches.name(name));
    }
}
