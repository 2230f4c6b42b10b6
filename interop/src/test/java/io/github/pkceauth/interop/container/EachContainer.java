package io.github.pkceauth.interop.container;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A container of each kind, for a whole test class. All classes of a JVM share them, as starts take long; without
 * {@code -Dtests.full} there is one of each maker.
 */
final class EachContainer implements ArgumentsProvider {

    private static final ExtensionContext.Namespace CONTAINERS =
            ExtensionContext.Namespace.create(RunningContainer.class);

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        ExtensionContext.Store shared = context.getStore(StoreScope.LAUNCHER_SESSION, CONTAINERS);
        ProbeApp probe = shared.computeIfAbsent(ProbeApp.class, key -> ProbeApp.build(), ProbeApp.class);
        // All at once, as much of a start is waiting.
        Map<ContainerKind, CompletableFuture<RunningContainer>> containers = new EnumMap<>(ContainerKind.class);
        for (ContainerKind kind : kinds()) {
            containers.put(
                    kind,
                    CompletableFuture.supplyAsync(() -> shared.computeIfAbsent(
                            kind, key -> RunningContainer.start(key, probe), RunningContainer.class)));
        }
        return containers.entrySet().stream()
                .map(each -> Arguments.argumentSet(
                        each.getKey().name(), each.getValue().join()));
    }

    private static Set<ContainerKind> kinds() {
        return System.getProperty("tests.full") == null
                ? EnumSet.of(ContainerKind.JETTY_EE10, ContainerKind.TOMCAT_10, ContainerKind.UNDERTOW)
                : EnumSet.allOf(ContainerKind.class);
    }
}
