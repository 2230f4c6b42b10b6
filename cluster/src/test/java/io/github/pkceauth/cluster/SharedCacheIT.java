package io.github.pkceauth.cluster;

import static io.github.pkceauth.cluster.Node.A;
import static io.github.pkceauth.cluster.Node.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The cache that {@code sharedCache} names, as the defaults of JCache find it in each node. */
class SharedCacheIT extends OnEachStore {

    SharedCacheIT(Cluster cluster) {
        super(cluster);
    }

    @Test
    void whatOneNodePutsIntoItAnotherReads() {
        cluster().put(A, "greeting", "from A");

        assertEquals("from A", cluster().get(C, "greeting"));
    }
}
