package io.github.pkceauth.cluster;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A cluster on each session store, for a whole test class. All classes of a run share them, as starts take long; without
 * {@code -Dtests.full} there is one only.
 */
final class EachStore implements ArgumentsProvider {

    private static final ExtensionContext.Namespace CLUSTERS = ExtensionContext.Namespace.create(Cluster.class);

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        // All at once, as much of a start is waiting.
        Map<SessionStore, CompletableFuture<Cluster>> clusters = new EnumMap<>(SessionStore.class);
        for (SessionStore store : stores()) {
            clusters.put(store, CompletableFuture.supplyAsync(() -> shared(store, context)));
        }
        return clusters.entrySet().stream()
                .map(each -> Arguments.argumentSet(
                        each.getKey().name(), each.getValue().join()));
    }

    private static Set<SessionStore> stores() {
        return System.getProperty("tests.full") == null
                ? EnumSet.of(SessionStore.JDBC)
                : EnumSet.allOf(SessionStore.class);
    }

    private static Cluster shared(SessionStore store, ExtensionContext context) {
        return context.getRoot().getStore(CLUSTERS).computeIfAbsent(store, Cluster::start, Cluster.class);
    }
}
