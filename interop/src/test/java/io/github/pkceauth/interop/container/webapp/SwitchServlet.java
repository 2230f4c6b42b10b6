package io.github.pkceauth.interop.container.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Goes over to another protocol, as for a WebSocket; that one is over at once. */
public final class SwitchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public SwitchServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Upgrade", request.getHeader("Upgrade"));
        response.setHeader("Connection", "Upgrade");
        request.upgrade(Farewell.class);
    }

    /** The other protocol. */
    public static final class Farewell implements HttpUpgradeHandler {

        /** Called by the container. */
        public Farewell() {}

        @Override
        public void init(WebConnection connection) {
            try {
                connection.close();
            } catch (Exception e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        @Override
        public void destroy() {}
    }
}
