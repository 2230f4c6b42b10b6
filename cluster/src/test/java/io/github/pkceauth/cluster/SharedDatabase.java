package io.github.pkceauth.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /** The only column of a query, as bytes. */
    List<byte[]> blobs(String query) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<byte[]> blobs = new ArrayList<>();
            while (rows.next()) {
                blobs.add(rows.getBytes(1));
            }
            return blobs;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
