package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.text.ParseException;
import org.junit.jupiter.api.Test;

class JwsHeadersTest {

    @Test
    void aHeaderIsReadOnce() throws Exception {
        String encoded = encoded("seen-before");

        assertSame(JwsHeaders.of(encoded), JwsHeaders.of(encoded));
        assertEquals("seen-before", JwsHeaders.of(encoded).getKeyID());
    }

    @Test
    void amongManyEachIsWhatItSays() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertEquals("key" + i, JwsHeaders.of(encoded("key" + i)).getKeyID());
            assertEquals("key" + i / 2, JwsHeaders.of(encoded("key" + i / 2)).getKeyID());
        }
    }

    @Test
    void aLongHeaderIsNotKept() throws Exception {
        String encoded = encoded("x".repeat(1000));

        assertNotSame(JwsHeaders.of(encoded), JwsHeaders.of(encoded));
    }

    @Test
    void whatIsNoHeaderIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThrows(ParseException.class, () -> JwsHeaders.of("e30"));
        }
    }

    private static String encoded(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(kid)
                .build()
                .toBase64URL()
                .toString();
    }
}
