package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of tokens, and remembers a few: a provider writes the same one into every token that it
 * signs with a key, and to read it costs as much as the claims. That a header has been seen before says nothing
 * about a token. Safe for use by several threads.
 */
final class JwsHeaders {

    /** As many as fit; what has the same place as another takes it. */
    private static final int PLACES = 16;

    /** Longer ones are read each time, so that nobody can make this large. */
    private static final int LONGEST = 512;

    private static final AtomicReferenceArray<@Nullable Known> KNOWN = new AtomicReferenceArray<>(PLACES);

    private record Known(String encoded, JWSHeader header) {}

    private JwsHeaders() {}

    /** The header that is written so. */
    static JWSHeader of(String encoded) throws ParseException {
        int place = Math.floorMod(encoded.hashCode(), PLACES);
        @Nullable Known known = KNOWN.get(place);
        if (known != null && known.encoded().equals(encoded)) {
            return known.header();
        }
        JWSHeader header = JWSHeader.parse(new Base64URL(encoded));
        if (encoded.length() <= LONGEST) {
            KNOWN.set(place, new Known(encoded, header));
        }
        return header;
    }
}
