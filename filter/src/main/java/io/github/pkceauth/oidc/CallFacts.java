package io.github.pkceauth.oidc;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a call of the provider went.
 *
 * @param what what was called
 * @param address where
 * @param took how long it took
 * @param proxy the JVM's proxy that it went through, if it did
 * @param tls the connection, if there was one with TLS and an answer
 * @param clock the provider's clock, if there was an answer that tells
 * @param mishap why it came to nothing, if it did
 */
public record CallFacts(
        String what,
        URI address,
        Duration took,
        Optional<String> proxy,
        Optional<Tls> tls,
        Optional<Clock> clock,
        Optional<Mishap> mishap) {

    /**
     * A TLS connection.
     *
     * @param protocol its version
     * @param end when the server's certificate expires
     */
    public record Tls(String protocol, Instant end) {}

    /**
     * The clock of whoever answered, as its header Date tells it, in whole seconds.
     *
     * @param ahead how far it is ahead of ours, negative where it is behind; zero where they may be equal
     */
    public record Clock(Duration ahead) {}

    /**
     * Why a call came to nothing.
     *
     * @param trouble the kind of reason
     * @param message what to tell of it
     */
    public record Mishap(Trouble trouble, String message) {}
}
