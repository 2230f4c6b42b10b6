package io.github.pkceauth.benchmarks.server;

import io.github.pkceauth.benchmarks.provider.Codes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A user with a browser of one tab: cookies are kept and redirects followed. Not safe for use by several threads. */
final class Visitor {

    private static final int MOST_STEPS = 8;

    private final String origin;
    private final String issuer;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String header = "";

    Visitor(int port, String issuer) {
        this.origin = "http://127.0.0.1:" + port;
        this.issuer = issuer;
    }

    /** The cookies, as a request has them. */
    String cookies() {
        return header;
    }

    /** One request. */
    Wire.Answer get(Wire wire, String target) throws IOException {
        return keep(wire.get(target, header));
    }

    /** One form. */
    Wire.Answer post(Wire wire, String target, String form) throws IOException {
        return keep(wire.post(target, header, form));
    }

    private Wire.Answer keep(Wire.Answer answer) {
        if (!answer.cookies().isEmpty()) {
            for (String cookie : answer.cookies()) {
                String[] parts = cookie.split("=", 2);
                if (parts.length < 2 || parts[1].isEmpty()) {
                    cookies.remove(parts[0]);
                } else {
                    cookies.put(parts[0], parts[1]);
                }
            }
            StringBuilder all = new StringBuilder();
            cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            header = all.toString();
        }
        return answer;
    }

    /** Goes to a page and on, until the provider is where to go; hands back that address. */
    String toProvider(Wire wire, String page) throws IOException {
        String target = page;
        for (int step = 0; step < MOST_STEPS; step++) {
            Wire.Answer answer = get(wire, target);
            if (answer.location().startsWith(issuer)) {
                return answer.location();
            }
            target = here(answer);
        }
        throw new IOException("no way to the provider");
    }

    /** Signs in at the provider and comes back, until a page is there; hands back that. */
    Wire.Answer fromProvider(Wire wire, String authorizationRequest) throws IOException {
        String target = here(Codes.callback(authorizationRequest));
        for (int step = 0; step < MOST_STEPS; step++) {
            Wire.Answer answer = get(wire, target);
            if (answer.status() == 200) {
                return answer;
            }
            target = here(answer);
        }
        throw new IOException("no end of redirects");
    }

    /** A whole login, from a page to that page. */
    Wire.Answer login(Wire wire) throws IOException {
        return fromProvider(wire, toProvider(wire, ContestantMain.PAGE));
    }

    private String here(Wire.Answer answer) throws IOException {
        if (answer.location().isEmpty()) {
            throw new IOException("no redirect, but " + answer.status() + " " + answer.body());
        }
        return here(answer.location());
    }

    private String here(String address) {
        return address.startsWith(origin) ? address.substring(origin.length()) : address;
    }
}
