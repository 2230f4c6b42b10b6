package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuersTest {

    private static final String TEMPLATE = "https://login.example.com/{tenantid}/v2.0";
    private static final String ONE = "https://login.example.com/one/v2.0";
    private static final Issuers TENANTS = new Issuers(TEMPLATE, List.of("one", "two"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com/three/v2.0",
                TEMPLATE,
                "https://login.example.com/one/v2.0/",
                "https://login.example.com/ONE/v2.0",
                "https://login.example.com/one two/v2.0",
                "https://login.example.com//v2.0",
                ""
            })
    void onlyTheNamedTenantsIssuersAreAmongThem(String issuer) {
        assertTrue(TENANTS.contain(ONE));
        assertFalse(TENANTS.contain(issuer));
    }

    @Test
    void oneIssuerIsItselfToTheLetterAndSpeaksForNoTenant() {
        assertTrue(Issuers.one(ONE).contain(ONE));
        assertFalse(Issuers.one(ONE).contain(ONE + "/"));
        assertTrue(Issuers.one(ONE).agree(ONE, null));
        assertTrue(Issuers.one(ONE).agree(ONE, "whatever a claim tid means there"));
    }

    @Test
    void anIssuerSpeaksForItsOwnTenantAlone() {
        assertTrue(TENANTS.agree(ONE, "one"));
        assertFalse(TENANTS.agree(ONE, "two"));
        assertFalse(TENANTS.agree(ONE, null));
        assertFalse(TENANTS.agree(ONE, List.of("one")));
    }

    /** Entra ID publishes the keys of all tenants together, and says of some that they are one tenant's. */
    @ParameterizedTest
    @CsvSource({
        TEMPLATE + ", one, " + ONE + ", true",
        ONE + ", one, " + ONE + ", true",
        TEMPLATE + ", two, " + ONE + ", false",
        "https://login.example.com/two/v2.0, one, " + ONE + ", false",
        "https://other.example/{tenantid}, one, " + ONE + ", false"
    })
    void aKeyVouchesForThoseWhomItIsPublishedFor(String published, String tid, String iss, boolean vouches)
            throws Exception {
        VerificationKey key =
                VerificationKey.of(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK());

        assertEquals(vouches, key.of(published).isFor(new Claims(Map.of("iss", iss, "tid", tid))));
        assertTrue(key.isFor(new Claims(Map.of("iss", iss))));
    }
}
