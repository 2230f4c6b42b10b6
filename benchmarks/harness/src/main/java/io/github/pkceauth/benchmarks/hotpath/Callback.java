package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.hotpath.World.Return;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The callback that completes a login: the answer is checked, the code redeemed at a provider on loopback, the ID token
 * verified, the session signed in. Each needs a login of its own, so they are begun beforehand, and counted in batches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
public class Callback {

    private static final int BATCH = 100;

    private World world;
    private final Deque<Return> pending = new ArrayDeque<>();

    @Setup
    public void deploy() throws IOException, ServletException {
        world = World.ofThisProcess("app", "/public/*");
    }

    @Setup(Level.Iteration)
    public void begin() throws IOException, ServletException {
        for (int i = 0; i < BATCH; i++) {
            pending.add(world.signedInThere());
        }
    }

    @TearDown
    public void end() {
        world.close();
    }

    /** The callback, over and over. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int completes() throws IOException, ServletException {
        int complete = 0;
        for (Return user = pending.poll(); user != null; user = pending.poll()) {
            world.complete(user);
            complete++;
        }
        return complete;
    }
}
