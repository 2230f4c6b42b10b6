package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Settings;
import io.github.pkceauth.benchmarks.provider.ProviderStub;
import java.util.Optional;

/** Runs what is measured once, and fails where it is not what it is called. */
public final class Rehearsal {

    private Rehearsal() {}

    /**
     * Every benchmark of this process's contestant, once.
     *
     * @throws Exception if one does not do what its name says
     */
    public static void run() throws Exception {
        requests();
        callback();
        growth();
        verification();
    }

    private static void requests() throws Exception {
        Requests requests = new Requests();
        requests.signIn();
        try {
            requests.signedIn();
            boolean isBare = Contestant.ofThisProcess().name().equals("bare");
            expect(isBare || requests.isUserKnown(), "the application does not see the user");
            requests.chainOnly();
            requests.notSignedIn();
            requests.publicPath();
        } finally {
            requests.end();
        }
    }

    private static void callback() throws Exception {
        Callback callback = new Callback();
        callback.deploy();
        try {
            callback.begin();
            expect(callback.completes() > 0, "no login was completed");
        } finally {
            callback.end();
        }
    }

    private static void growth() throws Exception {
        Growth growth = new Growth();
        Growth.Patterns patterns = new Growth.Patterns();
        patterns.patterns = 10;
        patterns.deploy();
        growth.publicPath(patterns);
        patterns.end();
        Growth.Pending pending = new Growth.Pending();
        pending.pending = 3;
        pending.begin();
        growth.notSignedInAmongPending(pending);
        pending.end();
        Growth.Sessions sessions = new Growth.Sessions();
        sessions.sessions = 3;
        sessions.signIn();
        growth.signedInAmongSessions(sessions);
        sessions.end();
        Growth.Claims claims = new Growth.Claims();
        claims.claims = 10;
        claims.signIn();
        growth.signedInWithClaims(claims);
        claims.end();
        if (!Contestant.ofThisProcess().name().equals("bare")) {
            Growth.Roles roles = new Growth.Roles();
            roles.roles = 3;
            roles.signIn();
            expect(growth.isUserInRole(roles), "the user does not have the role");
            roles.end();
        }
    }

    /**
     * What is measured of this filter alone.
     *
     * @param parameter of which rules
     * @throws Exception if it does not do what its name says
     */
    public static void rules(String parameter) throws Exception {
        Growth.Rules rules = new Growth.Rules();
        rules.rules = 10;
        rules.parameter = parameter;
        rules.signIn();
        new Growth().signedInAmongRules(rules);
        rules.end();
    }

    private static void verification() throws Exception {
        for (String algorithm : new String[] {"rs256", "es256"}) {
            try (ProviderStub provider = ProviderStub.start()) {
                Settings settings = new Settings(provider.issuer(), "app-" + algorithm);
                Optional<?> check = Contestant.ofThisProcess().tokenCheck(settings);
                if (check.isEmpty()) {
                    return;
                }
            }
            Verification verification = new Verification();
            verification.algorithm = algorithm;
            verification.sign();
            verification.idToken();
            verification.end();
        }
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
