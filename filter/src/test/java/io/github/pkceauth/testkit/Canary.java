package io.github.pkceauth.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every secret of a test run, and every place where text has come out: log lines, exceptions, answers
 * to browsers, requests to providers. {@link #leaks()} tells where the two have met, other than in the
 * places that the protocol has for it, which are named one by one. Thread-safe.
 */
final class Canary {
    /** A place where a secret was found that must not be there. */
    record Leak(SecretKind kind, String place, String text) {}

    /** Where one kind of secret belongs. */
    private record Belongs(SecretKind kind, String place) {}

    private record Sighting(String place, String text) {}

    /** Shorter ones, as some tests have for client secrets, may stand in a text by chance. */
    private static final int SHORTEST = 8;

    private static final int EXCERPT = 60;

    private static final Set<Belongs> BELONGINGS = Set.of(
            // The way out to the provider: RFC 6749 section 4.1.1, OpenID Connect Core 3.1.2.1.
            new Belongs(SecretKind.STATE, "answer: Location of /authorize"),
            new Belongs(SecretKind.NONCE, "answer: Location of /authorize"),
            new Belongs(SecretKind.STATE, "request to /authorize: URL"),
            new Belongs(SecretKind.NONCE, "request to /authorize: URL"),
            // The login form of the scripted provider, which goes from its own page to its own page.
            new Belongs(SecretKind.STATE, "request to /authorize: body"),
            new Belongs(SecretKind.NONCE, "request to /authorize: body"),
            new Belongs(SecretKind.STATE, "request to /authorize: Referer"),
            new Belongs(SecretKind.NONCE, "request to /authorize: Referer"),
            // The provider's answer on its way from the callback to the callback, where SameSite keeps cookies away.
            new Belongs(SecretKind.CODE, "answer: body of a page that sends the answer on"),
            new Belongs(SecretKind.STATE, "answer: body of a page that sends the answer on"),
            // The one token call of a login: RFC 6749 section 4.1.3, RFC 7636 section 4.5.
            new Belongs(SecretKind.CODE, "request to /token: body"),
            new Belongs(SecretKind.CODE_VERIFIER, "request to /token: body"),
            new Belongs(SecretKind.CLIENT_SECRET, "request to /token: body"),
            new Belongs(SecretKind.CLIENT_SECRET, "request to /token: Authorization"),
            new Belongs(SecretKind.CLIENT_ASSERTION, "request to /token: body"),
            // A refresh: RFC 6749 section 6.
            new Belongs(SecretKind.REFRESH_TOKEN, "request to /token: body"),
            // Revocation: RFC 7009 section 2.1.
            new Belongs(SecretKind.REFRESH_TOKEN, "request to /revoke: body"),
            new Belongs(SecretKind.ACCESS_TOKEN, "request to /revoke: body"),
            new Belongs(SecretKind.CLIENT_SECRET, "request to /revoke: body"),
            new Belongs(SecretKind.CLIENT_SECRET, "request to /revoke: Authorization"),
            new Belongs(SecretKind.CLIENT_ASSERTION, "request to /revoke: body"),
            // A pushed request: RFC 9126 section 2.1.
            new Belongs(SecretKind.STATE, "request to /par: body"),
            new Belongs(SecretKind.NONCE, "request to /par: body"),
            new Belongs(SecretKind.CLIENT_SECRET, "request to /par: body"),
            new Belongs(SecretKind.CLIENT_SECRET, "request to /par: Authorization"),
            new Belongs(SecretKind.CLIENT_ASSERTION, "request to /par: body"),
            // Userinfo, and what else an application calls for its user: RFC 6750 section 2.1.
            new Belongs(SecretKind.ACCESS_TOKEN, "request to /userinfo: Authorization"),
            new Belongs(SecretKind.ACCESS_TOKEN, "request to /resource: Authorization"),
            // Sign-out: OpenID Connect RP-Initiated Logout 1.0 section 2; its state comes back by the browser.
            new Belongs(SecretKind.ID_TOKEN, "answer: Location of /logout"),
            new Belongs(SecretKind.STATE, "answer: Location of /logout"),
            new Belongs(SecretKind.ID_TOKEN, "request to /logout: URL"),
            new Belongs(SecretKind.STATE, "request to /logout: URL"),
            new Belongs(SecretKind.STATE, "answer: Set-Cookie"),
            // The container's own cookie, and its own words about its own sessions.
            new Belongs(SecretKind.SESSION_ID, "answer: Set-Cookie"),
            // Cookies know no ports: they go to a provider on another port of the same host as well.
            new Belongs(SecretKind.SESSION_ID, "request to /authorize: Cookie"),
            new Belongs(SecretKind.SESSION_ID, "log of org.eclipse.jetty.session.AbstractSessionManager"));

    /** The one of the running tests. */
    static final Canary RUN = new Canary();

    private final Map<String, SecretKind> secrets = new ConcurrentHashMap<>();
    private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();
    private final AtomicLong characters = new AtomicLong();

    /** From now on this is a secret, unless it is one that a test has made up and not one of chance. */
    void learn(SecretKind kind, String secret) {
        if (secret.length() >= SHORTEST && secret.chars().distinct().count() >= SHORTEST / 2) {
            secrets.putIfAbsent(secret, kind);
        }
    }

    /** This text has come out at that place. */
    void see(String place, String text) {
        if (text.length() >= SHORTEST) {
            sightings.add(new Sighting(place, text));
            characters.addAndGet(text.length());
        }
    }

    /** The places where secrets were seen since the last call that do not belong there. */
    List<Leak> leaks() {
        Map<Integer, List<String>> byEnding = new HashMap<>();
        secrets.keySet()
                .forEach(secret -> byEnding.computeIfAbsent(hash(secret, secret.length()), ending -> new ArrayList<>())
                        .add(secret));
        List<Leak> leaks = new ArrayList<>();
        for (Sighting sighting = sightings.poll(); sighting != null; sighting = sightings.poll()) {
            search(sighting, byEnding, leaks);
        }
        return leaks;
    }

    /** Forgets what was seen since the last call, unsearched. */
    void forget() {
        sightings.clear();
    }

    /** Whether there is any secret of this kind. */
    boolean knows(SecretKind kind) {
        return secrets.containsValue(kind);
    }

    /** Whether any text of this place is still to be searched. */
    boolean hasSeen(String place) {
        return sightings.stream().anyMatch(sighting -> sighting.place().equals(place));
    }

    /** How much there was to find and to search so far. */
    String extent() {
        return secrets.size() + " secrets, " + characters + " characters of text";
    }

    private void search(Sighting sighting, Map<Integer, List<String>> byEnding, Collection<Leak> leaks) {
        String text = sighting.text();
        for (int end = SHORTEST; end <= text.length(); end++) {
            for (String secret : byEnding.getOrDefault(hash(text, end), List.of())) {
                SecretKind kind = secrets.get(secret);
                if (isEnding(secret, text, end) && !BELONGINGS.contains(new Belongs(kind, sighting.place()))) {
                    leaks.add(new Leak(kind, sighting.place(), excerpt(text, end - secret.length(), end)));
                }
            }
        }
    }

    private static boolean isEnding(String secret, String text, int end) {
        int start = end - secret.length();
        return start >= 0 && text.startsWith(secret, start);
    }

    private static String excerpt(String text, int start, int end) {
        return text.substring(Math.max(0, start - EXCERPT), Math.min(text.length(), end + EXCERPT));
    }

    /** Of the last characters before an end. */
    private static int hash(String text, int end) {
        int hash = 0;
        for (int i = end - SHORTEST; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }
}
