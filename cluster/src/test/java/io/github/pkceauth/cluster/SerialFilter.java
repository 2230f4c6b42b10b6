package io.github.pkceauth.cluster;

/**
 * What a node may deserialize, for the system property {@code jdk.serialFilter}: what is listed, and nothing else. An
 * application that keeps objects of its own in the session adds their classes.
 */
public final class SerialFilter {

    /** Logins, pending logins, and what they are made of. Claims are JSON, and as varied. */
    static final String SESSION = String.join(
            ";",
            "io.github.pkceauth.oidc.*",
            "java.lang.Boolean",
            "java.lang.Double",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.time.Instant",
            "java.time.Ser",
            "java.util.ArrayList",
            "java.util.Collections$Unmodifiable*",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.Map$Entry");

    /**
     * What the nodes of Hazelcast tell each other by Java's serialization: how long entries of a cache live, and why an
     * operation did not succeed. A node that cannot read why waits for the answer until the operation's time is up: for
     * minutes, when a partition was to be handed over. So every package is here whose exceptions a cluster with maps
     * and caches may throw, seen in the tests or not.
     */
    static final String HAZELCAST = String.join(
            ";",
            "com.hazelcast.cache.*",
            "com.hazelcast.core.*",
            "com.hazelcast.internal.cluster.impl.*",
            "com.hazelcast.internal.partition.*",
            "com.hazelcast.map.*",
            "com.hazelcast.nio.serialization.*",
            "com.hazelcast.partition.*",
            "com.hazelcast.spi.exception.*",
            "com.hazelcast.splitbrainprotection.*",
            "java.io.EOFException",
            "java.io.IOException",
            "java.lang.*",
            "java.util.CollSer",
            "java.util.Collections$EmptyList",
            "java.util.concurrent.CancellationException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.TimeoutException",
            "javax.cache.*",
            "javax.cache.configuration.FactoryBuilder$SingletonFactory",
            "javax.cache.expiry.EternalExpiryPolicy");

    /** What Tomcats tell each other by Java's serialization: who is there, and messages that hold the sessions. */
    static final String TOMCAT = String.join(
            ";",
            "org.apache.catalina.ha.ClusterMessageBase",
            "org.apache.catalina.ha.session.SessionMessageImpl",
            "org.apache.catalina.tribes.group.RpcMessage",
            "org.apache.catalina.tribes.membership.MemberImpl",
            "org.apache.catalina.tribes.membership.StaticMember",
            "org.apache.catalina.tribes.membership.StaticMembershipProvider$MemberMessage");

    /** The whole value of the property beside Jetty. */
    public static final String PATTERN = SESSION + ";" + HAZELCAST + ";!*";

    /** The whole value of the property beside Tomcat's own replication. */
    public static final String TOMCAT_PATTERN = SESSION + ";" + HAZELCAST + ";" + TOMCAT + ";!*";

    private SerialFilter() {}
}
