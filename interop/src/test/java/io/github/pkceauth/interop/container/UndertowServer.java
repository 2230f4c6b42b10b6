package io.github.pkceauth.interop.container;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An Undertow, with its applications described as their {@code web.xml} has it. */
final class UndertowServer extends ContainerMain {

    private final ServletContainer container = ServletContainer.Factory.newInstance();

    private UndertowServer() {}

    public static void main(String[] arguments) {
        new UndertowServer().run();
    }

    @Override
    int start(List<WebApp> applications) throws Exception {
        PathHandler paths = Handlers.path();
        for (WebApp application : applications) {
            try {
                deploy(application, paths);
            } catch (RuntimeException | ServletException e) {
                if (application.isSound()) {
                    throw e;
                }
                // As an application server that is built on Undertow would: it goes on without.
                System.getLogger("undertow").log(Level.ERROR, "Does not start: " + application.contextPath(), e);
            }
        }
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(paths)
                .build();
        undertow.start();
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    private void deploy(WebApp application, PathHandler paths) throws Exception {
        DeploymentManager deployment =
                container.addDeployment(UndertowDeployment.of(application, unpacked(application)));
        deployment.deploy();
        String prefix = application.contextPath().isEmpty() ? "/" : application.contextPath();
        paths.addPrefixPath(prefix, deployment.start());
    }

    private static Path unpacked(WebApp application) throws IOException {
        if (Files.isDirectory(application.place())) {
            return application.place();
        }
        Path unpacked = folder().resolve("unpacked");
        Archive.unpack(application.place(), "/", unpacked);
        return unpacked;
    }
}
