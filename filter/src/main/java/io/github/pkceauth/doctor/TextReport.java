package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Printable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people: plain text without colours, in lines of a hundred characters where an address allows it. */
final class TextReport {

    private static final int WIDTH = 100;
    private static final int MARK = 7;
    private static final String LINE = System.lineSeparator();

    private final StringBuilder out = new StringBuilder();

    private TextReport() {}

    static String of(Report report, String clientId) {
        TextReport text = new TextReport();
        text.out
                .append("PkceAuthFilter '")
                .append(Printable.of(report.filter()))
                .append("': client ")
                .append(Printable.of(clientId))
                .append(" at ")
                .append(report.issuer().orElse("no provider"))
                .append(LINE)
                .append(LINE);
        report.findings().forEach(text::finding);
        text.registration(report.register());
        text.summary(report);
        return text.out.toString();
    }

    private void finding(Finding finding) {
        String mark = "[" + finding.code().level().word() + "]";
        wrapped(mark + " ".repeat(MARK - mark.length()), finding.code().code() + ": " + finding.message());
        finding.mend().ifPresent(mend -> wrapped(" ".repeat(MARK), "mend: " + mend));
    }

    private void registration(Map<String, Object> members) {
        out.append(LINE).append("To register at the provider:").append(LINE);
        int width = members.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        members.forEach((name, value) -> {
            String label = "  " + name;
            wrapped(label + " ".repeat(width + 2 - label.length()), shown(value));
        });
    }

    private static String shown(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(Object::toString).collect(Collectors.joining(", "))
                : Printable.of(value);
    }

    private void summary(Report report) {
        long wrong = report.count(Level.FAIL);
        long warnings = report.count(Level.WARN);
        out.append(LINE)
                .append(wrong == 0 ? "Nothing is wrong" : wrong == 1 ? "1 thing is wrong" : wrong + " things are wrong")
                .append(
                        warnings == 0
                                ? ""
                                : warnings == 1 ? ", 1 should be looked at" : ", " + warnings + " should be looked at")
                .append(". Exit code ")
                .append(report.exit())
                .append('.')
                .append(LINE);
    }

    /** Breaks lines between words alone, so that addresses can be copied. */
    private void wrapped(String head, String text) {
        out.append(head);
        int column = head.length();
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            if (!first && column + 1 + word.length() > WIDTH) {
                out.append(LINE).append(" ".repeat(head.length()));
                column = head.length();
            } else if (!first) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
            first = false;
        }
        out.append(LINE);
    }
}
