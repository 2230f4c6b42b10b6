package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PkceTest {

    /** RFC 7636 appendix B. */
    @Test
    void theChallengeIsThatOfTheSpecificationsExample() {
        assertEquals(
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                Pkce.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    }

    @Test
    void theMethodIsNeverPlain() {
        assertEquals("S256", Pkce.METHOD);
    }
}
