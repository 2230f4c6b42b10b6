package io.github.pkceauth.testkit;

import java.util.Map;

/** The provider's pages. */
final class Html {
    private Html() {}

    static String page(String title, String content) {
        return "<!doctype html><html lang=\"en\"><head><title>%s</title></head><body>%s</body></html>"
                .formatted(escape(title), content);
    }

    /** A form with hidden fields; with an empty label it submits itself. */
    static String form(String action, Parameters fields, String label) {
        StringBuilder inputs = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entries()) {
            inputs.append("<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                    .formatted(escape(field.getKey()), escape(field.getValue())));
        }
        String trigger = label.isEmpty()
                ? "</form><script>document.forms[0].submit()</script>"
                : "<button>" + escape(label) + "</button></form>";
        return "<form method=\"post\" action=\"%s\">".formatted(escape(action)) + inputs + trigger;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x27;", "'")
                .replace("&#34;", "\"")
                .replace("&#43;", "+")
                .replace("&#61;", "=")
                .replace("&#x3D;", "=")
                .replace("&#13;", "\r")
                .replace("&#10;", "\n")
                .replace("&#x2F;", "/")
                .replace("&#47;", "/")
                .replace("&amp;", "&");
    }
}
