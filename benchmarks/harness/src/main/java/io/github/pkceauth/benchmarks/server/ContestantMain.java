package io.github.pkceauth.benchmarks.server;

import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Settings;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One contestant before a small application on embedded Jetty, in a process of its own. */
public final class ContestantMain {

    /** System property: the provider. */
    static final String ISSUER = "benchmarks.issuer";

    /** System property: the client. */
    static final String CLIENT = "benchmarks.client";

    /** System property: whether each request runs on a virtual thread. */
    static final String VIRTUAL = "benchmarks.virtual";

    /** A page that needs a login. */
    static final String PAGE = "/page";

    private static final int THREADS = 32;
    private static final int BACKLOG = 10_000;
    private static final int IDLE_MILLIS = 600_000;

    /** System property: how long a session lasts that nobody uses, in seconds. */
    static final String SESSION_SECONDS = "benchmarks.sessionSeconds";

    /** As every deployment has it; for a session without an end the container keeps no timer. */
    private static final int HALF_AN_HOUR = 1800;

    private ContestantMain() {}

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        boolean virtual = Boolean.getBoolean(VIRTUAL);
        Settings settings = new Settings(System.getProperty(ISSUER, ""), System.getProperty(CLIENT, "app"));
        Contestant contestant = Contestant.ofThisProcess();
        PinnedThreads pinned = new PinnedThreads();
        Server server = new Server(threads(virtual));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.getSessionHandler().setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        context.getSessionHandler().setHttpOnly(true);
        context.getSessionHandler().setMaxInactiveInterval(Integer.getInteger(SESSION_SECONDS, HALF_AN_HOUR));
        context.addServlet(new ServletHolder(new Page()), "/");
        contestant.deploy(context, settings);
        server.setHandler(context);
        server.start();
        new Commands().serve(connector.getLocalPort() + " " + contestant.name(), command -> switch (command[0]) {
            case "usage" -> {
                Usage usage = Usage.ofThisProcess();
                yield usage.cpuNanos() + " " + usage.allocatedBytes();
            }
            case "heap" -> String.valueOf(heapAfterGc());
            case "threads" -> String.valueOf(ManagementFactory.getThreadMXBean().getThreadCount());
            case "record" -> {
                pinned.start();
                yield "done";
            }
            case "pinned" -> String.valueOf(pinned.count());
            default -> throw new IllegalArgumentException(command[0]);
        });
    }

    private static QueuedThreadPool threads(boolean virtual) {
        // All there from the start: what ended threads have allocated is not told before JDK 21.
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS);
        threads.setName("server");
        if (virtual) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        return threads;
    }

    /** Twice, since what the first collection has found to be finalised or cleaned goes with the second. */
    private static long heapAfterGc() {
        System.gc();
        System.gc();
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            // As the collection left it: what threads reserve right after it, to allocate from, may be megabytes.
            MemoryUsage afterGc = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            used += afterGc == null ? 0 : afterGc.getUsed();
        }
        return used;
    }

    /** The application: a page that names its user. */
    private static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = ("Hello, " + request.getRemoteUser()).getBytes(StandardCharsets.UTF_8);
            response.setContentType("text/plain;charset=UTF-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
