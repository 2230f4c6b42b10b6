package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class SingleUseBodyTest {

    /** R32: a system property can tell the JDK's client to repeat a POST. */
    @Test
    void theBodyIsSentOnce() {
        SingleUseBody body = new SingleUseBody("code=abc");
        Received first = new Received();
        Received second = new Received();

        body.subscribe(first);
        body.subscribe(second);

        assertEquals(8, body.contentLength());
        assertEquals("code=abc", first.text.toString());
        assertNull(first.failure);
        assertEquals("", second.text.toString());
        assertTrue(second.subscribed, "the specification of flows wants a subscription before an error");
        assertTrue(second.failure instanceof IOException, String.valueOf(second.failure));
    }

    @Test
    void aBodyThatIsWithdrawnIsNotSent() {
        SingleUseBody body = new SingleUseBody("code=abc");
        Received late = new Received();

        body.withdraw();
        body.subscribe(late);

        assertEquals("", late.text.toString());
        assertTrue(late.failure instanceof IOException, String.valueOf(late.failure));
    }

    private static final class Received implements Subscriber<ByteBuffer> {
        private final StringBuilder text = new StringBuilder();
        private Throwable failure;
        private boolean subscribed;

        @Override
        public void onSubscribe(Subscription subscription) {
            subscribed = true;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            text.append(StandardCharsets.US_ASCII.decode(part));
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
        }

        @Override
        public void onComplete() {}
    }
}
