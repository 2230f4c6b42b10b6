package io.github.pkceauth.config;

import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.store.JCaches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What the application brings along, found by the platform's ServiceLoader. */
final class ServicesWithin implements Services {

    private final @Nullable ClassLoader loader;
    private final Problems problems;

    ServicesWithin(@Nullable ClassLoader loader, Problems problems) {
        this.loader = loader;
        this.problems = problems;
    }

    @Override
    public List<LoginListener> listeners() {
        return all(LoginListener.class);
    }

    @Override
    public Optional<SharedStore> sharedStore() {
        List<SharedStore> found = all(SharedStore.class);
        if (found.size() > 1) {
            problems.add("the application brings several stores, "
                    + found.stream().map(store -> store.getClass().getName()).toList()
                    + ": keep one in META-INF/services/"
                    + SharedStore.class.getName());
        }
        return found.stream().findFirst();
    }

    @Override
    public SharedStore cache(String name, Duration longest) throws BadValue {
        try {
            return JCaches.named(name, loader, longest);
        } catch (JCaches.Unusable e) {
            throw new BadValue(String.valueOf(e.getMessage()));
        }
    }

    private <S> List<S> all(Class<S> service) {
        List<S> found = new ArrayList<>();
        try {
            (loader == null ? ServiceLoader.load(service) : ServiceLoader.load(service, loader)).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            problems.add("the application's " + service.getSimpleName() + " cannot be used (" + e.getMessage() + ")");
        }
        return List.copyOf(found);
    }
}
