package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.stub.StubRequest;
import io.github.pkceauth.benchmarks.stub.StubResponse;
import io.github.pkceauth.benchmarks.stub.StubSession;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** {@code doFilter}, by who asks for what. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Requests {

    private World world;
    private StubSession signedIn;

    @Setup
    public void signIn() throws IOException, ServletException {
        world = World.ofThisProcess("app", "/public/*");
        signedIn = world.signIn();
    }

    @TearDown
    public void end() {
        world.close();
    }

    /** What is no filter's: the request, the response, the session, and the application. */
    @Benchmark
    public Object chainOnly() {
        Application application = new Application();
        application.doFilter(new StubRequest(world.context(), "/page", signedIn), new StubResponse());
        return application.reached();
    }

    /** A page, by a user who is signed in. */
    @Benchmark
    public Object signedIn() throws IOException, ServletException {
        return world.pass("/page", signedIn);
    }

    /** Whether the application sees the user. */
    boolean isUserKnown() throws IOException, ServletException {
        return world.ask("/page", signedIn, request -> request.getUserPrincipal() != null);
    }

    /** A page, by somebody without a session, to the answer that leads to the provider. */
    @Benchmark
    public Object notSignedIn() throws IOException, ServletException {
        return world.depart(null);
    }

    /** A page that needs no login, by somebody without a session. */
    @Benchmark
    public Object publicPath() throws IOException, ServletException {
        return world.pass("/public/page", null);
    }
}
