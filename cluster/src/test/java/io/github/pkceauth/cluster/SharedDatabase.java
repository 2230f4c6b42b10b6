package io.github.pkceauth.cluster;

import java.sql.SQLException;
import org.h2.tools.Server;

/** A database in memory, on a free port of this machine, that all nodes reach. */
final class SharedDatabase implements AutoCloseable {

    private final Server server;

    private SharedDatabase(Server server) {
        this.server = server;
    }

    static SharedDatabase start() {
        try {
            // On loopback alone: H2 reads it once, as it starts.
            System.setProperty("h2.bindAddress", "127.0.0.1");
            return new SharedDatabase(
                    Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start());
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not start", e);
        }
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:sessions;DB_CLOSE_DELAY=-1";
    }

    @Override
    public void close() {
        server.stop();
    }
}
