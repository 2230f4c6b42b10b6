package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;

/** What a logout has the browser drop of this site (W3C Clear Site Data 1), if anything. */
final class SiteData {

    private final String header;

    SiteData(List<String> kinds) {
        this.header = kinds.stream().map(kind -> '"' + kind + '"').collect(Collectors.joining(", "));
    }

    void drop(HttpServletResponse response) {
        if (!header.isEmpty()) {
            response.setHeader("Clear-Site-Data", header);
        }
    }
}
