package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "1300819380, 1300819380",
        "1300819380.9, 1300819380",
        "1.30081938e9, 1300819380",
        "0.9, 0",
        "4102444800, 4102444800",
        "253402300799, 253402300799"
    })
    void aTimeIsANumberOfSecondsInRange(String json, long seconds) throws Exception {
        assertEquals(
                Optional.of(Instant.ofEpochSecond(seconds)),
                claims("{\"exp\":" + json + "}").time("exp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e300",
                "-1e300",
                "1e308",
                "253402300800",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999999999999",
                "-1",
                "-0.5",
                "-9223372036854775808",
                "\"1300819380\"",
                "\"\"",
                "true",
                "null",
                "[1300819380]",
                "{\"a\":1}"
            })
    void anythingElseIsNoTime(String json) throws Exception {
        assertEquals(Optional.empty(), claims("{\"exp\":" + json + "}").time("exp"));
    }

    @Test
    void noNumberAtAllIsNoTime() {
        assertEquals(Optional.empty(), Claims.NONE.time("exp"));
        assertEquals(Optional.empty(), new Claims(Map.of("exp", Double.NaN)).time("exp"));
        assertEquals(Optional.empty(), new Claims(Map.of("exp", Double.POSITIVE_INFINITY)).time("exp"));
    }

    @Test
    void anAudienceIsAStringOrAnArrayOfStrings() throws Exception {
        assertEquals(List.of("a"), claims("{\"aud\":\"a\"}").audience());
        assertEquals(List.of("a", "b"), claims("{\"aud\":[\"a\",\"b\"]}").audience());
        assertEquals(List.of(), claims("{\"aud\":[]}").audience());
        assertEquals(List.of(), claims("{\"aud\":[\"a\",1]}").audience());
        assertEquals(List.of(), claims("{\"aud\":[\"a\",null]}").audience());
        assertEquals(List.of(), claims("{\"aud\":{\"a\":\"a\"}}").audience());
        assertEquals(List.of(), claims("{\"aud\":null}").audience());
        assertEquals(List.of(), claims("{}").audience());
    }

    @Test
    void aTextIsAStringAndNothingThatResemblesOne() throws Exception {
        Claims claims = claims("{\"a\":\"x\",\"b\":1,\"c\":true,\"d\":null,\"e\":[\"x\"],\"f\":\"\"}");

        assertEquals(Optional.of("x"), claims.text("a"));
        assertEquals(Optional.of(""), claims.text("f"));
        for (String name : List.of("b", "c", "d", "e", "g")) {
            assertEquals(Optional.empty(), claims.text(name), name);
        }
        assertTrue(claims.has("d"));
        assertFalse(claims.has("g"));
    }

    private static Claims claims(String json) throws Exception {
        return new Claims(Json.frozen(JSONObjectUtils.parse(json)));
    }
}
