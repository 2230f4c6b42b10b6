package io.github.pkceauth.testkit;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint departs from honesty on its way over the wire. A fault stays until {@link
 * #behaves()}, or for a number of requests only when {@link #once()} or {@link #times} comes before
 * it. Thread-safe.
 */
public abstract sealed class EndpointScript<S extends EndpointScript<S>>
        permits JsonEndpoint, RedirectEndpoint, PlainEndpoint {
    private static final Duration BEAT = Duration.ofMillis(50);

    private final Deque<Fault> next = new ConcurrentLinkedDeque<>();
    private final List<UnaryOperator<Reply>> changes = new CopyOnWriteArrayList<>();
    private volatile @Nullable Fault lasting;
    private volatile int count;

    abstract S self();

    /** The fault that is named next happens to one request. */
    public S once() {
        return times(1);
    }

    /** The fault that is named next happens to so many requests. */
    public S times(int requests) {
        count = requests;
        return self();
    }

    /** Answers this in place of the honest reply. */
    public S answers(int status, String contentType, String body) {
        return does(Fault.answers(Reply.of(status, contentType, body)));
    }

    /** Answers this in place of the honest reply. */
    public S answers(Reply reply) {
        return does(Fault.answers(reply));
    }

    /** Answers 307 to another place. */
    public S redirectsTo(String location) {
        return redirectsTo(307, location);
    }

    /** Answers with a redirect to another place. */
    public S redirectsTo(int status, String location) {
        return does(Fault.answers(Reply.redirect(status, location)));
    }

    /** Reads the request and never answers. */
    public S hangs() {
        return does(Fault.hangs());
    }

    /** Sends half of the body and never the rest. */
    public S hangsWithinBody() {
        return does(Fault.hangsWithinBody());
    }

    /** Sends the body byte by byte, twenty in a second. */
    public S drips() {
        return drips(BEAT);
    }

    /** Sends the body byte by byte, one at each beat. */
    public S drips(Duration beat) {
        return does(Fault.drips(beat));
    }

    /** Sends status line and header fields byte by byte, twenty in a second. */
    public S dripsHeaders() {
        return does(Fault.dripsHeaders(BEAT));
    }

    /** Resets the connection before any answer. */
    public S resets() {
        return does(Fault.resets());
    }

    /** Closes the connection before any answer. */
    public S closes() {
        return does(Fault.closes());
    }

    /** Closes the connection after half of the announced body. */
    public S truncates() {
        return does(Fault.truncates());
    }

    /** Puts that many bytes before the members of the JSON object, in an unannounced length. */
    public S huge(long bytes) {
        return does(Fault.huge(bytes));
    }

    /** Puts a header field of that many bytes before the others. */
    public S hugeHeaders(long bytes) {
        return does(Fault.hugeHeaders(bytes));
    }

    /** Sends these bytes in place of a response. */
    public S sends(String raw) {
        return does(Fault.sends(raw));
    }

    /** Any other fault. */
    public S does(Fault fault) {
        int requests = count;
        count = 0;
        if (requests == 0) {
            lasting = fault;
        }
        for (int i = 0; i < requests; i++) {
            next.add(fault);
        }
        return self();
    }

    /** Holds each request before it takes effect, until the gate is opened. */
    public Gate waits() {
        Gate gate = new Gate();
        does(Fault.behind(gate, Fault.none()));
        return gate;
    }

    /** The honest reply with another status. */
    public S withStatus(int status) {
        return changing(reply -> reply.withStatus(status));
    }

    /** The honest reply with this one value of a header field. */
    public S withHeader(String name, String value) {
        return changing(reply -> reply.withHeader(name, value));
    }

    /** The honest reply as another type. */
    public S withContentType(String type) {
        return withHeader("Content-Type", type);
    }

    /** The honest reply changed in any other way. */
    public S changing(UnaryOperator<Reply> change) {
        changes.add(change);
        return self();
    }

    /** Forgets all that was scripted: honest again. */
    public S behaves() {
        next.clear();
        changes.clear();
        lasting = null;
        count = 0;
        return self();
    }

    /** The fault for the request at hand, none where the endpoint is honest. */
    @Nullable
    Fault take() {
        Fault first = next.poll();
        return first == null ? lasting : first;
    }

    Reply changed(Reply honest) {
        Reply reply = honest;
        for (UnaryOperator<Reply> change : changes) {
            reply = change.apply(reply);
        }
        return reply;
    }
}
