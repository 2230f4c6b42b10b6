package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

/** R40: how much of a body is read is decided before it is there. */
class LimitedBodyTest {

    private final LimitedBody body = new LimitedBody(4);
    private final Connection connection = new Connection();

    @Test
    void aBodyUpToTheLimitIsKeptWhole() throws Exception {
        body.onSubscribe(connection);
        body.onNext(List.of(bytes(1, 2), bytes(3)));
        body.onNext(List.of(bytes(4)));
        body.onComplete();

        assertArrayEquals(
                new byte[] {1, 2, 3, 4}, body.getBody().toCompletableFuture().get());
        assertFalse(connection.cancelled);
    }

    @Test
    void beyondTheLimitNothingMoreIsRead() {
        body.onSubscribe(connection);
        body.onNext(List.of(bytes(1, 2, 3)));
        body.onNext(List.of(bytes(4, 5), bytes(6)));

        assertTrue(connection.cancelled);
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> body.getBody().toCompletableFuture().get());
        assertEquals("the body is larger than 4 bytes", failure.getCause().getMessage());
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static final class Connection implements Subscription {
        private boolean cancelled;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
