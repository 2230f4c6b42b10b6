package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.Map;

/** What came of a visit: what was written where, and the exit code. */
record Outcome(int exit, String out, String err) {

    /** The report for machines. */
    Map<String, Object> json() {
        return Json.object(out);
    }

    /** Its part about the registration. */
    Map<String, Object> register() {
        return Json.object(json(), "register");
    }

    /** The codes of this level, in their order. */
    List<String> codes(Level level) {
        return findings().stream()
                .filter(finding -> finding.get("level").equals(level.word()))
                .map(finding -> Json.string(finding, "code"))
                .toList();
    }

    boolean has(Code code) {
        return findings().stream().anyMatch(finding -> finding.get("code").equals(code.code()));
    }

    /** The message of the one finding of this code; it has the code's level, and a mend if one is due. */
    String message(Code code) {
        return Json.string(only(code), "message");
    }

    /** The mend of the one finding of this code. */
    String mend(Code code) {
        return Json.string(only(code), "mend");
    }

    private Map<String, Object> only(Code code) {
        List<Map<String, Object>> found = findings().stream()
                .filter(finding -> finding.get("code").equals(code.code()))
                .toList();
        assertEquals(1, found.size(), () -> code + " in " + out);
        Map<String, Object> finding = found.get(0);
        assertEquals(code.level().word(), finding.get("level"));
        return finding;
    }

    @SuppressWarnings("unchecked") // as the report is documented
    List<Map<String, Object>> findings() {
        return (List<Map<String, Object>>) Json.list(json(), "findings");
    }

    /** Fails the test unless it says that this is all that is wrong. */
    Outcome wrongWith(Code... codes) {
        assertEquals(List.of(codes).stream().map(Code::code).toList(), codes(Level.FAIL), out);
        assertEquals(codes.length == 0 ? 0 : 1, exit);
        return this;
    }

    /** Fails the test unless it warns of this, and of nothing else, and finds nothing wrong. */
    Outcome warnsOf(Code... codes) {
        wrongWith();
        assertEquals(List.of(codes).stream().map(Code::code).toList(), codes(Level.WARN), out);
        return this;
    }

    /** Fails the test if anything of the provider's or the client's secrets is written anywhere. */
    Outcome keepsSecretsOf(ScriptedProvider provider) {
        assertFalse(provider.secrets().isEmpty());
        for (String secret : provider.secrets()) {
            assertFalse(out.contains(secret) || err.contains(secret), out + err);
        }
        return this;
    }

    /** Fails the test if anything but printable text and line breaks is written. */
    Outcome isPlainText() {
        for (String line : (out + err).lines().toList()) {
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c != 0x7F && (c < 0x80 || c > 0x9F)), line);
        }
        return this;
    }
}
