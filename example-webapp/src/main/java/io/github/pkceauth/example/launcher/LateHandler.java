package io.github.pkceauth.example.launcher;

import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A handler that is made, and started, when the first request comes: what nobody asks for costs nothing. */
final class LateHandler extends Handler.Wrapper {

    private final Supplier<Handler> maker;

    LateHandler(Supplier<Handler> maker) {
        super(true, null);
        this.maker = maker;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        made();
        return super.handle(request, response, callback);
    }

    private synchronized void made() throws Exception {
        if (getHandler() == null) {
            Handler handler = maker.get();
            handler.setServer(getServer());
            handler.start();
            setHandler(handler);
        }
    }
}
