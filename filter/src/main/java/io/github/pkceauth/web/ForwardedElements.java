package io.github.pkceauth.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one line of a {@code Forwarded} header by the grammar of RFC 7239 section 4: elements, each what one proxy
 * says, as parameters by their names in lower case.
 */
final class ForwardedElements {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String line;
    private int at;

    private ForwardedElements(String line) {
        this.line = line;
    }

    /** The elements, the last proxy's last; an empty one says nothing. */
    static List<Map<String, String>> of(String line) throws BadForwarding {
        return new ForwardedElements(line).elements();
    }

    private List<Map<String, String>> elements() throws BadForwarding {
        List<Map<String, String>> elements = new ArrayList<>();
        Map<String, String> element = new HashMap<>();
        while (true) {
            skipBlanks(); // around the semicolons, too, where the grammar has none and proxies do
            if (!isAtEnd() && isTokenCharacter(line.charAt(at))) {
                parameter(element);
                skipBlanks();
            }
            if (isAtEnd()) {
                elements.add(element);
                return elements;
            }
            char separator = line.charAt(at++);
            if (separator == ',') {
                elements.add(element);
                element = new HashMap<>();
            } else if (separator != ';') {
                throw unreadable();
            }
        }
    }

    private void parameter(Map<String, String> element) throws BadForwarding {
        String name = token().toLowerCase(Locale.ROOT);
        if (isAtEnd() || line.charAt(at++) != '=') {
            throw unreadable();
        }
        String value = !isAtEnd() && line.charAt(at) == '"' ? quoted() : token();
        if (value.isEmpty() || element.put(name, value) != null) {
            throw unreadable();
        }
    }

    private String token() {
        int start = at;
        while (!isAtEnd() && isTokenCharacter(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /** RFC 9110 section 5.6.4. */
    private String quoted() throws BadForwarding {
        StringBuilder text = new StringBuilder();
        at++;
        while (!isAtEnd()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\' && !isAtEnd()) {
                c = line.charAt(at++);
            }
            if (c != '\t' && (c < ' ' || c == 0x7F)) {
                throw unreadable();
            }
            text.append(c);
        }
        throw unreadable();
    }

    private void skipBlanks() {
        while (!isAtEnd() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean isAtEnd() {
        return at == line.length();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private BadForwarding unreadable() {
        return new BadForwarding("the header Forwarded is not as RFC 7239 has it", line);
    }
}
