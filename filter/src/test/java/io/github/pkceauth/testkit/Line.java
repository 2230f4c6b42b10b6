package io.github.pkceauth.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The provider's end of one connection: it sends honest replies, and the bytes of any other. */
final class Line implements Fault.Transport {
    private final Socket socket;
    private final CountDownLatch closing;
    private final ScheduledExecutorService clock;
    private boolean open = true;

    Line(Socket socket, CountDownLatch closing, ScheduledExecutorService clock) {
        this.socket = socket;
        this.closing = closing;
        this.clock = clock;
    }

    @Override
    public void send(Reply reply) throws IOException {
        byte[] body = Wire.utf8(reply.body());
        write(Wire.utf8(reply.head("Content-Length: " + body.length + "\r\n")), body);
    }

    @Override
    public void write(byte[]... parts) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        open = false;
        socket.close();
    }

    @Override
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void hang() throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void drip(byte[] bytes, Duration beat) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger position = new AtomicInteger();
        Runnable drop = () -> {
            try {
                int next = position.getAndIncrement();
                if (next < bytes.length) {
                    write(new byte[] {bytes[next]});
                } else {
                    done.complete(null);
                }
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        };
        long period = beat.toNanos();
        Future<?> dripping = clock.scheduleAtFixedRate(drop, 0, period, TimeUnit.NANOSECONDS);
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            dripping.cancel(false);
        }
    }

    /** Whether another request may follow. */
    boolean isOpen() {
        return open;
    }
}
