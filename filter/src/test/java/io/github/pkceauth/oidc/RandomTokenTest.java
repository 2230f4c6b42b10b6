package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomTokenTest {

    /** R1, RFC 7636 section 4.1. */
    @Test
    void aThousandValuesAreAllUnreservedLongEnoughAndDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = RandomToken.next();
            assertTrue(token.matches("[A-Za-z0-9._~-]{43,128}"), token);
            assertEquals(32, Base64.getUrlDecoder().decode(token).length);
            assertTrue(seen.add(token), "a repeat");
        }
    }

    @Test
    void valuesMadeTogetherHaveNothingInCommon() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            for (String token : RandomToken.next(3)) {
                assertEquals(32, Base64.getUrlDecoder().decode(token).length);
                assertTrue(seen.add(token), "a repeat");
            }
        }
        assertEquals(3000, seen.size());
    }
}
