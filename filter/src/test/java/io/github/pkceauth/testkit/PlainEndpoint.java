package io.github.pkceauth.testkit;

/** An endpoint, or several, with faults of transport only. */
public final class PlainEndpoint extends EndpointScript<PlainEndpoint> {
    PlainEndpoint() {}

    @Override
    PlainEndpoint self() {
        return this;
    }
}
