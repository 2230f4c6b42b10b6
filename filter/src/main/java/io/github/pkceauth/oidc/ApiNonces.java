package io.github.pkceauth.oidc;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nonces of the APIs that applications call. Tokens have no place for them: a session holds tokens, and is written and
 * read at any time. Safe for use by several threads.
 */
final class ApiNonces {

    private static final int MOST_WANTED = 1024;

    private static final DpopNonces LATEST = DpopNonces.ofApis();

    /** What a server has asked one login for, until that login's next proof: it may be good for that one alone. */
    private static final Map<String, String> WANTED = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_WANTED;
        }
    });

    private ApiNonces() {}

    /** What belongs into the next proof of a key for this address, or null where nothing is known of that. */
    static @Nullable String next(DpopKey key, URI address) {
        @Nullable String wanted = WANTED.remove(name(key, address));
        return wanted == null ? LATEST.of(address) : wanted;
    }

    /** Takes note of what an answer says, and returns whether there is a nonce in it. */
    static boolean note(URI address, String nonce) {
        return LATEST.note(address, nonce) != null;
    }

    /** Keeps a nonce that was noted for the next proof of this key. */
    static void want(DpopKey key, URI address, String nonce) {
        WANTED.put(name(key, address), nonce);
    }

    private static String name(DpopKey key, URI address) {
        return Hashes.name("nonce of a key", key.encoded(), address.toString());
    }
}
