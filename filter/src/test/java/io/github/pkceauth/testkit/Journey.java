package io.github.pkceauth.testkit;

import org.jspecify.annotations.Nullable;

/**
 * How a request came about, for what browsers derive from it: the Sec-Fetch headers look at every
 * stop of a redirect chain, SameSite cookies at the page that began it.
 *
 * @param initiator the page that the user was on, null when the address was typed
 * @param site the value of Sec-Fetch-Site
 * @param mode the value of Sec-Fetch-Mode, empty for a bare request that follows no browser's rules
 */
record Journey(@Nullable Url initiator, String site, String mode) {
    static Journey typed() {
        return new Journey(null, "none", "navigate");
    }

    static Journey bare() {
        return new Journey(null, "none", "");
    }

    static Journey from(Url page, Url target, String mode) {
        return new Journey(page, relation(page, target), mode);
    }

    /** The journey after a redirect that leads from one address to the next. */
    Journey onwards(Url from, Url to) {
        String next = relation(from, to);
        boolean keeps = site.equals("none") || weight(site) >= weight(next);
        return new Journey(initiator, keeps ? site : next, mode);
    }

    boolean isNavigation() {
        return mode.equals("navigate");
    }

    /** Whether SameSite cookies of the target go along. */
    boolean isSameSite(Url target) {
        return initiator == null || initiator.sameSite(target);
    }

    private static String relation(Url from, Url to) {
        if (from.origin().equals(to.origin())) {
            return "same-origin";
        }
        return from.sameSite(to) ? "same-site" : "cross-site";
    }

    private static int weight(String site) {
        return switch (site) {
            case "same-origin" -> 0;
            case "same-site" -> 1;
            default -> 2;
        };
    }
}
