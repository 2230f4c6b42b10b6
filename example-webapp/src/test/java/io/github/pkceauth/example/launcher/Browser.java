package io.github.pkceauth.example.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A browser, as far as a login needs one: navigations with redirects and the headers that tell of them, cookies by host
 * with SameSite, forms. One instance is one person's browser; its pages are tabs.
 */
final class Browser {

    private static final int MOST_REDIRECTS = 20;

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final List<Cookie> cookies = new ArrayList<>();

    /** Goes where the user typed. */
    Page open(URI address) throws IOException, InterruptedException {
        return navigate("GET", null, address, BodyPublishers.noBody());
    }

    /** Presses a form's button. */
    Page submit(Page.Form form) throws IOException, InterruptedException {
        return navigate("POST", form.page(), form.action(), BodyPublishers.ofString(form.body()));
    }

    /** Asks as a script on the page would: no navigation. */
    HttpResponse<String> fetch(URI address) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "*/*")
                .header("Sec-Fetch-Dest", "empty")
                .header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Site", "same-origin");
        return send(request, address, "GET", false);
    }

    List<Cookie> cookies() {
        return List.copyOf(cookies);
    }

    private Page navigate(String method, @Nullable URI initiator, URI address, BodyPublisher body)
            throws IOException, InterruptedException {
        URI current = address;
        String currentMethod = method;
        BodyPublisher currentBody = body;
        String site = initiator == null ? "none" : "same-origin";
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            if (initiator != null) {
                site = farther(site, relation(initiator, current));
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(current)
                    .method(currentMethod, currentBody)
                    .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                    .header("Sec-Fetch-Dest", "document")
                    .header("Sec-Fetch-Mode", "navigate")
                    .header("Sec-Fetch-User", "?1")
                    .header("Sec-Fetch-Site", site);
            if (currentMethod.equals("POST") && initiator != null) {
                request.header("Content-Type", "application/x-www-form-urlencoded");
                request.header("Origin", initiator.getScheme() + "://" + initiator.getAuthority());
            }
            HttpResponse<String> response = send(request, current, currentMethod, site.equals("cross-site"));
            int status = response.statusCode();
            if (status < 301 || status > 308 || status == 304) {
                return new Page(current, status, response.headers(), response.body());
            }
            current = current.resolve(response.headers().firstValue("Location").orElseThrow());
            if (status < 307) {
                currentMethod = "GET";
                currentBody = BodyPublishers.noBody();
            }
        }
        throw new AssertionError("ERR_TOO_MANY_REDIRECTS at " + current);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI to, String method, boolean crossSite)
            throws IOException, InterruptedException {
        String sent = cookies.stream()
                .filter(cookie -> cookie.goesTo(to, method, crossSite))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        for (String header : response.headers().allValues("Set-Cookie")) {
            Cookie cookie = Cookie.parse(to, header);
            cookies.removeIf(cookie::replaces);
            if (!cookie.deleted()) {
                cookies.add(cookie);
            }
        }
        return response;
    }

    /** The value of Sec-Fetch-Site between two addresses: a host is a site here, and ports make no difference to it. */
    private static String relation(URI from, URI to) {
        if (!from.getHost().equals(to.getHost())) {
            return "cross-site";
        }
        return from.getPort() == to.getPort() ? "same-origin" : "same-site";
    }

    private static String farther(String one, String other) {
        List<String> order = List.of("same-origin", "same-site", "cross-site");
        return order.get(Math.max(order.indexOf(one), order.indexOf(other)));
    }
}
