package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.config.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Describes a deployment in plain values, as far as it shows outside its container. */
final class Deployed {

    private Deployed() {}

    static Deployment as(Arguments arguments, List<Source> outside) throws Unusable {
        if (arguments.webXml().isPresent()) {
            return within(WebXml.read(Path.of(arguments.webXml().get())), arguments.filter(), outside);
        }
        String name = arguments.filter().orElse(Deployment.UNNAMED);
        // A filter that has a name is most likely one of several, and what is said for all may be the others'.
        return new Deployment(
                name,
                false,
                outside,
                name.equals(Deployment.UNNAMED) ? Set.of() : Set.of(Deployment.UNNAMED),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                null);
    }

    private static Deployment within(WebXml webXml, Optional<String> named, List<Source> outside) throws Unusable {
        WebXml.FilterEntry filter = webXml.filter(named);
        List<Source> sources = new ArrayList<>(outside);
        sources.add(new Source(Source.Kind.CONTEXT_PARAM, webXml.contextParams()));
        sources.add(new Source(Source.Kind.INIT_PARAM, filter.initParams()));
        return new Deployment(
                filter.name(),
                false,
                List.copyOf(sources),
                webXml.namesBeside(filter),
                webXml.mappingsOf(filter),
                webXml.servletMappings(),
                Optional.empty(),
                null);
    }
}
