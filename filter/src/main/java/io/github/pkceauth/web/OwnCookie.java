package io.github.pkceauth.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cookie that this filter alone reads, of all the filters and applications that the browser knows of this host. */
final class OwnCookie {

    private final String prefix;
    private final PublicUrl publicUrl;
    private final OwnCookies cookies;

    OwnCookie(String purpose, String filterName, PublicUrl publicUrl, OwnCookies cookies) {
        this.prefix = "pkce_" + purpose + "_" + fit(filterName);
        this.publicUrl = publicUrl;
        this.cookies = cookies;
    }

    void send(HttpServletRequest request, HttpServletResponse response, String value, int seconds) {
        cookies.send(request, response, name(request), value, seconds);
    }

    void forget(HttpServletRequest request, HttpServletResponse response) {
        send(request, response, "", 0);
    }

    /** Its value, or null where the request has none. */
    @Nullable
    String value(HttpServletRequest request) {
        List<String> values = values(request);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Its values, of which there is more than one where somebody else has set a cookie of that name, too. */
    List<String> values(HttpServletRequest request) {
        List<String> values = new ArrayList<>();
        Cookie[] all = request.getCookies();
        if (all != null) {
            for (Cookie cookie : all) {
                // The prefix first: this is asked at every visit of the front page, and hardly ever is there one.
                if (cookie.getName().startsWith(prefix) && cookie.getName().equals(name(request))) {
                    values.add(cookie.getValue());
                }
            }
        }
        return values;
    }

    /** The cookie of the application at "/" comes to the one at "/app", too, which must not take it for its own. */
    private String name(HttpServletRequest request) {
        return prefix + fit(publicUrl.path(request));
    }

    private static String fit(String text) {
        return text.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
