package io.github.pkceauth.benchmarks.server;

/**
 * How much is done.
 *
 * @param rounds how often everything is measured
 * @param requests how many requests a figure is made of, after a quarter as many that warm up
 * @param logins how many logins one is made of, after as many that warm up: they take the most code, and the JVM
 *     compiles for thousands of them
 * @param sessions how many users are signed in where there are many
 * @param flood how many visitors leave a session behind and never come back
 */
record Size(int rounds, int requests, int logins, int sessions, int flood) {

    static final Size FULL = new Size(5, 60_000, 5_000, 10_000, 200_000);
    static final Size QUICK = new Size(1, 2_000, 100, 200, 5_000);

    Size withRounds(int other) {
        return new Size(other, requests, logins, sessions, flood);
    }
}
