package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Settings;
import io.github.pkceauth.benchmarks.TokenCheck;
import io.github.pkceauth.benchmarks.provider.ProviderStub;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The verification of an ID token, by the algorithm of its signature. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Verification {

    private static final String NONCE = "nonce-of-an-authorization-request";
    private static final String ACCESS_TOKEN = "access-token-that-came-with-it";

    @Param({"rs256", "es256"})
    public String algorithm = "";

    private ProviderStub provider;
    private TokenCheck check;
    private String idToken;

    @Setup
    public void sign() throws Exception {
        String clientId = "app-" + algorithm;
        // The keys must be those of the provider that is asked for them.
        provider = ProviderStub.start();
        idToken = provider.mint().idToken(clientId, NONCE, "user", ACCESS_TOKEN);
        check = Contestant.ofThisProcess()
                .tokenCheck(new Settings(provider.issuer(), clientId))
                .orElseThrow();
    }

    @TearDown
    public void end() {
        provider.close();
    }

    /** One token, over and over. */
    @Benchmark
    public Object idToken() throws Exception {
        return check.verify(idToken, NONCE, ACCESS_TOKEN);
    }
}
