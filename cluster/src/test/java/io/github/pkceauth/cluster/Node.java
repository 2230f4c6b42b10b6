package io.github.pkceauth.cluster;

/** The nodes by name. */
public enum Node {
    A,
    B,
    C
}
