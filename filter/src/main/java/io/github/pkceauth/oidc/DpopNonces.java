package io.github.pkceauth.oidc;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The nonces that servers want to find in the next proofs (RFC 9449 sections 8 and 9). They are no secrets, and for all
 * logins: a proof with the wrong one is refused with the right one beside it. Safe for use by several threads.
 */
final class DpopNonces {

    /** More places than a provider and a few APIs have; those not used for longest are forgotten. */
    private static final int MOST = 256;

    /** Section 8.1 has neither space nor quote nor backslash in it; and no header should be longer. */
    private static final Pattern FORM = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,1024}");

    private final Function<URI, String> place;
    private final Map<String, String> latest = bounded();

    private DpopNonces(Function<URI, String> place) {
        this.place = place;
    }

    /** A provider's: its own and those of its userinfo endpoint may differ, and be on one server. */
    static DpopNonces ofProvider() {
        return new DpopNonces(address -> origin(address) + address.getRawPath());
    }

    /** Those of APIs, one for each server: their addresses may be without number. */
    static DpopNonces ofApis() {
        return new DpopNonces(DpopNonces::origin);
    }

    private static Map<String, String> bounded() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > MOST;
            }
        });
    }

    /** The last that came from an address, or else from any of the same server; null where nothing is known. */
    @Nullable
    String of(URI address) {
        @Nullable String own = latest.get(place.apply(address));
        return own == null ? latest.get(origin(address)) : own;
    }

    /**
     * Takes note of what an answer says.
     *
     * @param nonce the {@code DPoP-Nonce} of the answer, or empty
     * @return the nonce, or null if that is none
     */
    @Nullable
    String note(URI address, String nonce) {
        if (!FORM.matcher(nonce).matches()) {
            return null;
        }
        latest.put(place.apply(address), nonce);
        latest.put(origin(address), nonce);
        return nonce;
    }

    private static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
