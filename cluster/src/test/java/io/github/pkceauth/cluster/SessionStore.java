package io.github.pkceauth.cluster;

import org.eclipse.jetty.hazelcast.session.HazelcastSessionDataStoreFactory;
import org.eclipse.jetty.session.DatabaseAdaptor;
import org.eclipse.jetty.session.JDBCSessionDataStore;
import org.eclipse.jetty.session.JDBCSessionDataStoreFactory;
import org.eclipse.jetty.session.SessionDataStoreFactory;

/** Where the nodes keep their sessions: two stores that come with Jetty. */
public enum SessionStore {
    /** A distributed map within the nodes themselves: Jetty's module {@code session-store-hazelcast-embedded}. */
    HAZELCAST {
        @Override
        SessionDataStoreFactory factory() {
            HazelcastSessionDataStoreFactory factory = new HazelcastSessionDataStoreFactory();
            factory.setConfigurationLocation(System.getProperty(NodeProcess.HAZELCAST_CONFIG));
            return factory;
        }
    },

    /** A table of a database that all nodes reach: Jetty's module {@code session-store-jdbc}. */
    JDBC {
        @Override
        SessionDataStoreFactory factory() {
            DatabaseAdaptor database = new DatabaseAdaptor();
            database.setDriverInfo("org.h2.Driver", System.getProperty(NodeProcess.DATABASE));
            JDBCSessionDataStoreFactory factory = new JDBCSessionDataStoreFactory();
            factory.setDatabaseAdaptor(database);
            factory.setSessionTableSchema(new JDBCSessionDataStore.SessionTableSchema());
            return factory;
        }
    };

    /** The store of a node, as its system properties describe it. */
    abstract SessionDataStoreFactory factory();
}
