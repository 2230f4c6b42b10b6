package io.github.pkceauth.example.launcher;

import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.server.Handler;

/** The application, and a development provider that fails it in the middle of a login. */
final class ShakyExample implements Closeable {

    private final Opened opened = new Opened();
    private final Listener application;
    private final Listener providerListener;
    private final DevelopmentProvider provider;
    private final Handler.Wrapper door;

    private ShakyExample() throws Exception {
        Workspace workspace = opened.add(Workspace.unpack());
        application = opened.add(Listener.open("application", "PORT", "127.0.0.1", 0));
        providerListener = opened.add(Listener.open("provider", "PROVIDER_PORT", "127.0.0.1", 0));
        provider = DevelopmentProvider.forApplicationAt(application.port(), providerListener.uri("127.0.0.1", ""));
        door = new Handler.Wrapper(true, provider.handler());
        providerListener.start(door);
        application.start(Application.of(workspace, provider.filterParameters()));
    }

    static ShakyExample start() throws Exception {
        return new ShakyExample();
    }

    URI uri(String path) {
        return application.uri("127.0.0.1", path);
    }

    /** The provider is there and knows the application, but none of the tokens that it has issued. */
    void providerForgets() throws Exception {
        Handler before = door.getHandler();
        Handler after = provider.handler();
        after.setServer(door.getServer());
        after.start();
        door.setHandler(after);
        before.stop();
        opened.add(() -> stop(after));
    }

    /** Nobody answers at the provider's address. */
    void providerStops() throws IOException {
        providerListener.close();
    }

    private static void stop(Handler handler) throws IOException {
        try {
            handler.stop();
        } catch (Exception e) {
            throw new IOException("The provider did not stop", e);
        }
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
