package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.SigningKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestObjectTest {

    private static final SigningKey KEY = SigningKey.generate("the-key", JWSAlgorithm.ES256);

    private static Map<String, Object> claims(Parameters request) throws Exception {
        ClientKey key = ClientKeys.of(ClientJwk.of(KEY)).signing().orElseThrow();
        String object = RequestObject.of(request, Samples.CLIENT_ID, Samples.provider(), key, TestClock.START);
        return SignedJwt.parse(object).claimsNotVerified().values();
    }

    @Test
    void itSaysWhoseItIsForWhomAndForHowLong() throws Exception {
        Map<String, Object> claims = claims(new Parameters().add("state", "s"));
        assertEquals(Samples.CLIENT_ID, claims.get("iss"));
        assertEquals(Samples.ISSUER, claims.get("aud"));
        assertEquals(TestClock.START.getEpochSecond(), claims.get("iat"));
        assertEquals(TestClock.START.getEpochSecond(), claims.get("nbf"));
        assertEquals(TestClock.START.getEpochSecond() + 300, claims.get("exp"));
        assertEquals("s", claims.get("state"));
        assertEquals(7, claims.size(), claims::toString);
    }

    /** Or a parameter that is let through would choose for whom the object is, and for how long. */
    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "jti", "iat", "nbf", "exp"})
    void noParameterChangesWhatItSaysOfItself(String name) throws Exception {
        Object honest = claims(new Parameters()).get(name).getClass();
        Object value = claims(new Parameters().add(name, "evil")).get(name);
        assertEquals(honest, value.getClass());
        assertEquals(false, "evil".equals(value));
    }

    @Test
    void severalResourcesAreAnArray() throws Exception {
        Parameters three =
                new Parameters().add("resource", "a").add("resource", "b").add("resource", "c");
        assertEquals(List.of("a", "b", "c"), claims(three).get("resource"));
    }

    @Test
    void numbersAreNumbersAndJsonIsJson() throws Exception {
        Map<String, Object> claims = claims(new Parameters()
                .add("max_age", "0")
                .add("authorization_details", " [{\"type\":\"a\",\"n\":[1]}]")
                .add("claims", "{\"id_token\":{\"acr\":null}}"));
        assertEquals(0L, claims.get("max_age"));
        assertEquals(List.of(Map.of("type", "a", "n", List.of(1L))), claims.get("authorization_details"));
        assertEquals("{id_token={acr=null}}", claims.get("claims").toString());
    }

    /** It is the deployment's own mistake, which the provider tells; the login does not fail in here. */
    @Test
    void whatIsNoJsonStaysAsItWasWritten() throws Exception {
        assertEquals(
                "{id_token", claims(new Parameters().add("claims", "{id_token")).get("claims"));
    }
}
