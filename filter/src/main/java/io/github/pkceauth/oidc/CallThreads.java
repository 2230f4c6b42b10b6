package io.github.pkceauth.oidc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whose threads do what there is to do for the calls of the provider, and which calls are under way. Safe for use by
 * several threads.
 */
final class CallThreads {

    /** So many TLS handshakes may wait for each other on one thread. */
    private static final int FEW = 8;

    /** As when the look-up of addresses hangs. */
    private static final int MOST = 256;

    private static final long SPARE_THREAD_SECONDS = 60;

    private final ExecutorService own = new ThreadPoolExecutor(
            0, MOST, SPARE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), CallThreads::thread);
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

    /** A call that is under way. */
    static final class Call {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
    }

    private static Thread thread(Runnable work) {
        // Without what the application has left on the thread that needs it first.
        Thread thread = new Thread(null, work, "pkce-auth-http", 0, false);
        thread.setContextClassLoader(CallThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Counts a call in, before it begins. */
    Call enter() {
        Call call = new Call();
        underWay.add(call);
        return call;
    }

    /** Counts it out again, when nothing is left to be done about it. */
    void leave(Call call) {
        underWay.remove(call);
        call.over.complete(null);
    }

    /**
     * Begins a call on a thread of this class: to look up an address, or to choose a proxy, can hang.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    void begin(Runnable call) {
        if (own.isShutdown()) {
            throw new RejectedExecutionException();
        }
        apart(call);
    }

    /**
     * Does a step of a call. It costs least on the thread that has it, the JDK's client's one thread for all; where
     * many calls come together their handshakes would wait for each other there. So a JVM that is told to look
     * certificates up over the network while it checks them has a few calls wait for that.
     */
    void step(Runnable step) {
        if (underWay.size() > FEW) {
            apart(step);
        } else {
            step.run();
        }
    }

    /** Does something on a thread of this class, or where there is none to be had, on this one. */
    void apart(Runnable work) {
        try {
            own.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The JDK's client would never recover from a step that is not done, for want of a thread.
            work.run();
        }
    }

    /** Begins no further call, waits until those that are under way are over, and ends the threads. */
    void close(Duration patience) {
        own.shutdown();
        try {
            CompletableFuture.allOf(underWay.stream().map(call -> call.over).toArray(CompletableFuture<?>[]::new))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.getLogger("io.github.pkceauth")
                    .log(System.Logger.Level.DEBUG, "a call of the provider is still under way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
