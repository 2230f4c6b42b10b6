package io.github.pkceauth.oidc;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's body that can be sent once, and not at all once nobody waits for the answer. The JDK's client
 * does not repeat a POST by itself, but a system property can tell it to; a code must not be sent twice even so.
 */
final class SingleUseBody implements BodyPublisher {

    private final BodyPublisher body;
    private final AtomicBoolean used = new AtomicBoolean();

    SingleUseBody(String ascii) {
        this.body = BodyPublishers.ofString(ascii, StandardCharsets.US_ASCII);
    }

    /** From now on it is not sent, if it has not been yet. */
    void withdraw() {
        used.set(true);
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        if (used.compareAndSet(false, true)) {
            body.subscribe(subscriber);
        } else {
            subscriber.onSubscribe(new Refusal());
            subscriber.onError(new IOException("this request was sent or given up before, and is not sent again"));
        }
    }

    /** A subscription that gives nothing. */
    private static final class Refusal implements Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
