package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "Application/JSON; charset=utf-8, true",
        "application/json;, true",
        "application/token-introspection+json, true",
        "application/jwt, false",
        "text/html, false",
        "text/json, false",
        "text/x+json, false",
        "application/jsonp, false",
        "x/application/json, false",
        "'', false"
    })
    void jsonIsToldByItsType(String contentType, boolean isJson) {
        assertEquals(isJson, new HttpAnswer("x", 200, contentType, HttpAnswer.IDENTITY, "", "", "{}").isJson());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cr3t",
                "[]",
                "[\"s3cr3t\"]",
                "[[\"access_token\",\"s3cr3t\"]]",
                "\"s3cr3t\"",
                "{\"access_token\":\"s3cr3t\"",
                "null",
                "\uFEFF\uFEFF{}",
                " \uFEFF{}",
                "\uFEFF[]",
                "<html>s3cr3t"
            })
    void aBodyThatIsNoObjectIsRefusedAndNotQuoted(String body) {
        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> new HttpAnswer("token endpoint", 200, "application/json", HttpAnswer.IDENTITY, "", "", body)
                        .json(Reason.TOKEN_RESPONSE_INVALID));

        assertEquals(Reason.TOKEN_RESPONSE_INVALID, failure.reason());
        assertEquals("token endpoint answered something that is no JSON object", failure.getMessage());
        assertNull(failure.getCause());
    }

    @Test
    void anObjectIsRead() throws Exception {
        assertEquals(
                Map.of("a", 1L),
                new HttpAnswer("x", 200, "application/json", HttpAnswer.IDENTITY, "", "", "{\"a\":1}")
                        .json(Reason.METADATA_INVALID));
    }

    /** RFC 8259 section 8.1. */
    @Test
    void aByteOrderMarkBeforeTheObjectIsIgnored() throws Exception {
        assertEquals(
                Map.of("a", 1L),
                new HttpAnswer("x", 200, "application/json", HttpAnswer.IDENTITY, "", "", "\uFEFF{\"a\":1}")
                        .json(Reason.METADATA_INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UTF-8", "Identity", "gzip"})
    void anObjectIsReadWhateverTheServerCallsItsCoding(String contentCoding) throws Exception {
        assertEquals(
                Map.of("a", 1L),
                new HttpAnswer("x", 200, "application/json", contentCoding, "", "", "{\"a\":1}")
                        .json(Reason.METADATA_INVALID));
    }

    @Test
    void onlyStatus200IsASuccess() throws Exception {
        HttpAnswer good = new HttpAnswer("x", 200, "", HttpAnswer.IDENTITY, "", "", "");
        assertSame(good, good.orFail(Reason.METADATA_INVALID));
        for (int status : new int[] {201, 204, 400, 404, 500}) {
            assertEquals(
                    "x answered with status " + status,
                    assertThrows(
                                    AuthFailure.class,
                                    () -> new HttpAnswer("x", status, "", HttpAnswer.IDENTITY, "", "", "")
                                            .orFail(Reason.METADATA_INVALID))
                            .getMessage());
        }
    }
}
