package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.provider.Mint;
import io.github.pkceauth.benchmarks.stub.StubSession;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

/** What a request costs as that grows which an application may have much of. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Growth {

    /** Patterns of public pages. */
    @State(Scope.Benchmark)
    public static class Patterns {

        @Param({"1", "10", "100", "1000"})
        public int patterns;

        private World world;
        private String target;

        @Setup
        public void deploy() throws IOException, ServletException {
            String[] all = IntStream.range(0, patterns)
                    .mapToObj(i -> "/public-" + i + "/*")
                    .toArray(String[]::new);
            world = World.ofThisProcess("app", all);
            target = "/public-" + (patterns - 1) + "/page";
        }

        @TearDown
        public void end() {
            world.close();
        }
    }

    /** Roles of the user. */
    @State(Scope.Benchmark)
    public static class Roles {

        @Param({"1", "1000"})
        public int roles;

        private World world;
        private StubSession session;
        private Predicate<HttpServletRequest> question;

        @Setup
        public void signIn() throws IOException, ServletException {
            world = World.ofThisProcess("app-roles" + roles, "/public/*");
            session = world.signIn();
            String last = "role-" + (roles - 1);
            question = request -> request.isUserInRole(last);
            if (!world.ask("/page", session, question)) {
                throw new IllegalStateException("the user does not have the role " + last);
            }
        }

        @TearDown
        public void end() {
            world.close();
        }
    }

    /** Claims about the user. */
    @State(Scope.Benchmark)
    public static class Claims {

        @Param({"10", "1000"})
        public int claims;

        private World world;
        private StubSession session;

        @Setup
        public void signIn() throws IOException, ServletException {
            world = World.ofThisProcess("app-claims" + claims, "/public/*");
            session = world.signIn();
        }

        @TearDown
        public void end() {
            world.close();
        }
    }

    /** Users who are signed in. */
    @State(Scope.Benchmark)
    public static class Sessions {

        @Param({"1", "10000"})
        public int sessions;

        private World world;
        private final List<StubSession> all = new ArrayList<>();
        private int next;

        @Setup
        public void signIn() throws IOException, ServletException {
            world = World.ofThisProcess("app", "/public/*");
            for (int i = 0; i < sessions; i++) {
                all.add(world.signIn());
            }
        }

        @TearDown
        public void end() {
            world.close();
            all.clear();
        }

        private StubSession next() {
            next = next + 1 < all.size() ? next + 1 : 0;
            return all.get(next);
        }
    }

    /** Logins that one session has begun and not completed. */
    @State(Scope.Benchmark)
    public static class Pending {

        @Param({"1", "16"})
        public int pending;

        private World world;
        private @Nullable StubSession session;

        @Setup
        public void begin() throws IOException, ServletException {
            world = World.ofThisProcess("app", "/public/*");
            for (int i = 1; i < pending; i++) {
                session = world.depart(session).session();
            }
        }

        @TearDown
        public void end() {
            world.close();
        }
    }

    /** Logins that the provider has ended by a notice; of this filter alone. */
    @State(Scope.Benchmark)
    public static class Revoked {

        private static final String CLIENT = "app-hs256";
        private static final Map<String, String> SETTINGS = Map.of(
                "pkce.backchannelLogoutPath", "/backchannel-logout",
                // A hundred thousand other signatures would take minutes.
                "pkce.idTokenSignedResponseAlg", "HS256");

        @Param({"0", "100000"})
        public int revoked;

        private World world;
        private StubSession session;

        @Setup
        public void revoke() throws IOException, ServletException {
            SETTINGS.forEach(System::setProperty);
            world = World.ofThisProcess(CLIENT, "/public/*");
            session = world.signIn();
            Mint mint = world.mint();
            for (int i = 0; i < revoked; i++) {
                String notice = mint.logoutToken(CLIENT, "another-user-" + i);
                if (world.post("/backchannel-logout", "logout_token=" + notice) != HttpServletResponse.SC_OK) {
                    throw new IllegalStateException("the notice was refused");
                }
            }
        }

        @TearDown
        public void end() {
            world.close();
            SETTINGS.keySet().forEach(System::clearProperty);
        }
    }

    /** Pages that have a rule each, for a role and for how users must have signed in; of this filter alone. */
    @State(Scope.Benchmark)
    public static class Rules {

        private static final String CLIENT = "app-roles1-authtime";

        @Param({"1", "1000"})
        public int rules;

        /** The parameter that the rules are of. */
        @Param({"roleRules", "stepUp"})
        public String parameter = "";

        private World world;
        private StubSession session;
        private String target;

        @Setup
        public void signIn() throws IOException, ServletException {
            String rule = parameter.equals("roleRules") ? " role-0" : " max_age=300000000";
            System.setProperty(
                    "pkce." + parameter,
                    IntStream.range(0, rules)
                            .mapToObj(i -> "/section-" + i + "/*" + rule)
                            .collect(Collectors.joining("; ")));
            world = World.ofThisProcess(CLIENT, "/public/*");
            target = "/section-" + (rules - 1) + "/page";
            session = world.signIn();
            world.pass(target, session);
        }

        @TearDown
        public void end() {
            world.close();
            System.clearProperty("pkce." + parameter);
        }
    }

    /** A page with a rule, the one that was named last, by a user who meets it. */
    @Benchmark
    public Object signedInAmongRules(Rules state) throws IOException, ServletException {
        return state.world.pass(state.target, state.session);
    }

    /** A page, by a user whose login nobody has ended. */
    @Benchmark
    public Object signedInAmongRevoked(Revoked state) throws IOException, ServletException {
        return state.world.pass("/page", state.session);
    }

    /** A public page, by the pattern that was named last. */
    @Benchmark
    public Object publicPath(Patterns state) throws IOException, ServletException {
        return state.world.pass(state.target, null);
    }

    /** A page that asks for the role that was named last. */
    @Benchmark
    public boolean isUserInRole(Roles state) throws IOException, ServletException {
        return state.world.ask("/page", state.session, state.question);
    }

    /** A page, by a user of whom much is known. */
    @Benchmark
    public Object signedInWithClaims(Claims state) throws IOException, ServletException {
        return state.world.pass("/page", state.session);
    }

    /** A page, by one user after the other. */
    @Benchmark
    public Object signedInAmongSessions(Sessions state) throws IOException, ServletException {
        return state.world.pass("/page", state.next());
    }

    /** One more login that begins: alone in a new session, or in one that has as many as it may. */
    @Benchmark
    public Object notSignedInAmongPending(Pending state) throws IOException, ServletException {
        return state.world.depart(state.session);
    }
}
