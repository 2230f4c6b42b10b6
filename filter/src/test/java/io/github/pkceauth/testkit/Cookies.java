package io.github.pkceauth.testkit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A browser's cookies by RFC 6265bis: host, path, Secure, SameSite (Lax where none is said) and the
 * name prefixes; ports make no difference. Expiry is by removal only, and every cookie belongs to the
 * one host that set it. Thread-safe.
 */
public final class Cookies {
    private record Place(String host, String path, String name) {}

    private final Map<Place, SetCookie> kept = new LinkedHashMap<>();

    private final boolean trustsLoopback;

    /**
     * No cookies yet.
     *
     * @param trustsLoopback whether this machine is as safe as https, so that Secure cookies go there by http
     */
    Cookies(boolean trustsLoopback) {
        this.trustsLoopback = trustsLoopback;
    }

    /** The value of a cookie; fails the test when there is none of that name, or more than one. */
    public synchronized String get(String name) {
        List<String> values = kept.values().stream()
                .filter(c -> c.name().equals(name))
                .map(SetCookie::value)
                .toList();
        if (values.size() != 1) {
            throw new AssertionError(values.size() + " cookies named " + name + " among " + names());
        }
        return values.get(0);
    }

    /** Whether there is a cookie of that name, for any host. */
    public boolean has(String name) {
        return names().contains(name);
    }

    /** The names of all cookies, for all hosts. */
    public synchronized Set<String> names() {
        return kept.values().stream().map(SetCookie::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many cookies there are, for all hosts. */
    public synchronized int size() {
        return kept.size();
    }

    /** Takes a Set-Cookie header as if the page had sent it. */
    public synchronized void put(String url, String setCookie) {
        store(Url.parse(url), SetCookie.parse(setCookie));
    }

    /** Forgets the cookies of that name, for all hosts. */
    public synchronized void remove(String name) {
        kept.keySet().removeIf(place -> place.name().equals(name));
    }

    /** Forgets everything. */
    public synchronized void clear() {
        kept.clear();
    }

    /** Takes over all cookies of another browser. */
    public void copyFrom(Cookies other) {
        Map<Place, SetCookie> theirs = other.snapshot();
        synchronized (this) {
            kept.putAll(theirs);
        }
    }

    synchronized void store(Url url, SetCookie cookie) {
        boolean secure = isSafe(url);
        String path = cookie.get("Path").startsWith("/") ? cookie.get("Path") : folder(url.path());
        boolean hostPrefix = cookie.name().startsWith("__Host-");
        boolean misnamed = hostPrefix && (!path.equals("/") || cookie.has("Domain"));
        boolean prefixed = hostPrefix || cookie.name().startsWith("__Secure-");
        if (misnamed || (prefixed && !cookie.isSecure()) || (cookie.isSecure() && !secure)) {
            return;
        }
        Place place = new Place(url.host(), path, cookie.name());
        if (cookie.isRemoval()) {
            kept.remove(place);
        } else {
            kept.put(place, cookie);
        }
    }

    /** The Cookie header for a request, empty where no cookie goes with it. */
    synchronized String header(Url url, boolean sameSite, boolean topLevelGet) {
        return kept.entrySet().stream()
                .filter(e -> e.getKey().host().equals(url.host()))
                .filter(e -> covers(e.getKey().path(), url.path()))
                .filter(e -> !e.getValue().isSecure() || isSafe(url))
                .filter(e -> sameSite || crosses(e.getValue(), topLevelGet))
                .sorted(Comparator.comparingInt(e -> -e.getKey().path().length()))
                .map(e -> e.getValue().name() + "=" + e.getValue().value())
                .collect(Collectors.joining("; "));
    }

    private boolean isSafe(Url url) {
        boolean here = url.host().equals("localhost") || url.host().equals("127.0.0.1");
        return url.scheme().equals("https") || (trustsLoopback && here);
    }

    private synchronized Map<Place, SetCookie> snapshot() {
        return new LinkedHashMap<>(kept);
    }

    private static boolean crosses(SetCookie cookie, boolean topLevelGet) {
        return switch (cookie.get("SameSite").toLowerCase(Locale.ROOT)) {
            case "strict" -> false;
            case "none" -> cookie.isSecure();
            default -> topLevelGet;
        };
    }

    private static boolean covers(String cookiePath, String path) {
        if (!path.startsWith(cookiePath)) {
            return false;
        }
        return cookiePath.endsWith("/")
                || path.length() == cookiePath.length()
                || path.charAt(cookiePath.length()) == '/';
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
