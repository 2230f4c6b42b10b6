package io.github.pkceauth.cluster;

/** Where the nodes keep their sessions, and what they are for that. */
public enum SessionStore {
    /** A distributed map within the nodes themselves, which are Jettys. */
    HAZELCAST(JettyNode.class, JettyNode.OTHERS, "hazelcast.xml"),

    /** A table of a database that all nodes reach, which are Jettys. */
    JDBC(JettyNode.class, JettyNode.OTHERS, "hazelcast.xml"),

    /** The memory of each node, which is a Tomcat and tells all others of every change. */
    TOMCAT(TomcatNode.class, TomcatNode.OTHERS, "tomcat/hazelcast.xml");

    private final Class<? extends NodeMain> node;
    private final String others;
    private final String hazelcastConfig;

    SessionStore(Class<? extends NodeMain> node, String others, String hazelcastConfig) {
        this.node = node;
        this.others = others;
        this.hazelcastConfig = hazelcastConfig;
    }

    /** The main class of a node. */
    String mainClass() {
        return node.getName();
    }

    /** The configuration of what the nodes share by Hazelcast, among the resources. */
    String hazelcastConfig() {
        return hazelcastConfig;
    }

    /** What the nodes may deserialize. */
    String serialFilter() {
        return this == TOMCAT ? SerialFilter.TOMCAT_PATTERN : SerialFilter.PATTERN;
    }

    /** Whether a jar is on the class path of a node: one container's would be in the way of the other. */
    boolean needs(String jar) {
        return !jar.matches(others);
    }
}
