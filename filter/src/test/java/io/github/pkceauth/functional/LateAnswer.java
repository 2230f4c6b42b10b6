package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.Fault;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets the first request take effect at once, and holds its answer until the test lets it go. */
final class LateAnswer implements Fault {

    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<Reply> made = new CompletableFuture<>();
    private final CountDownLatch sent = new CountDownLatch(1);

    @Override
    public void serve(Supplier<Reply> honest, Transport line) throws IOException {
        Reply reply = honest.get();
        made.complete(reply);
        try {
            sent.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.send(reply);
    }

    /** Waits until the answer is made, and reads it. */
    Map<String, Object> await() throws Exception {
        return Json.object(made.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body());
    }

    void send() {
        sent.countDown();
    }
}
