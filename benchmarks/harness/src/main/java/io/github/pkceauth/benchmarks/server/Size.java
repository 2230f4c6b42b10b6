package io.github.pkceauth.benchmarks.server;

/**
 * How much is done.
 *
 * @param rounds how often everything is measured
 * @param requests how many requests a figure is made of, after four times as many that warm up
 * @param logins the same of logins
 * @param sessions how many users are signed in where there are many
 * @param flood how many visitors leave a session behind and never come back
 */
record Size(int rounds, int requests, int logins, int sessions, int flood) {

    static final Size FULL = new Size(5, 50_000, 5_000, 10_000, 200_000);
    static final Size QUICK = new Size(1, 2_000, 100, 200, 5_000);

    Size withRounds(int other) {
        return new Size(other, requests, logins, sessions, flood);
    }
}
