package io.github.pkceauth.doctor;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report for machines: one JSON object on one line, in ASCII, so that no encoding can spoil it. */
final class JsonReport {

    private static final int LAST_ASCII = 0x7E;

    private JsonReport() {}

    static String of(Report report) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("filter", report.filter());
        members.put("issuer", report.issuer().orElse(null));
        members.put("findings", report.findings().stream().map(JsonReport::of).toList());
        members.put("register", report.register());
        members.put("exit", report.exit());
        return ascii(JSONObjectUtils.toJSONString(members)) + System.lineSeparator();
    }

    private static Map<String, @Nullable Object> of(Finding finding) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("level", finding.code().level().word());
        members.put("code", finding.code().code());
        members.put("message", finding.message());
        members.put("mend", finding.mend().orElse(null));
        return members;
    }

    /** Beyond strings, JSON is ASCII already (RFC 8259 section 7). */
    private static String ascii(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c > LAST_ASCII) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
