package io.github.pkceauth.cluster;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A cluster on each session store, for a whole test class. All classes of a run share the two, as starts take long. */
final class EachStore implements ArgumentsProvider {

    private static final ExtensionContext.Namespace CLUSTERS = ExtensionContext.Namespace.create(Cluster.class);

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Stream.of(SessionStore.values())
                .map(store -> Arguments.argumentSet(store.name(), shared(store, context)));
    }

    private static Cluster shared(SessionStore store, ExtensionContext context) {
        return context.getRoot().getStore(CLUSTERS).computeIfAbsent(store, Cluster::start, Cluster.class);
    }
}
