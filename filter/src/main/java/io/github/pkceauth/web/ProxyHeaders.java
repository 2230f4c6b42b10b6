package io.github.pkceauth.web;

import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.config.TrustedProxies;
import io.github.pkceauth.oidc.Printable;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the proxy that sent a request says of the address that the browser sees, if it is one that is trusted. Of
 * anybody else's request no such header is looked at. Safe for use by several threads.
 */
final class ProxyHeaders {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final Forwarding forwarding;

    ProxyHeaders(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    /**
     * What was heard.
     *
     * @param address what the proxy says
     * @param unheard why it is nothing, if that may surprise
     */
    record Word(ForwardedAddress address, Optional<String> unheard) {
        private static final Word NONE_ASKED = new Word(ForwardedAddress.NOTHING, Optional.empty());

        private static Word unheard(String why) {
            return new Word(ForwardedAddress.NOTHING, Optional.of(why));
        }
    }

    Word of(HttpServletRequest request) {
        if (forwarding.headers() == Forwarding.Headers.NONE) {
            return Word.NONE_ASKED;
        }
        if (!forwarding.proxies().sent(request.getRemoteAddr())) {
            return Word.unheard("the request came from "
                    + Printable.of(request.getRemoteAddr())
                    + ", which trustedProxies does not name");
        }
        try {
            ForwardedAddress address = forwarding.headers() == Forwarding.Headers.FORWARDED
                    ? standard(request, forwarding.proxies())
                    : usual(request);
            return address.equals(ForwardedAddress.NOTHING)
                    ? Word.unheard(
                            "no header of the kind " + forwarding.headers().word() + " came with the request")
                    : new Word(address, Optional.empty());
        } catch (BadForwarding e) {
            LOG.log(Level.DEBUG, () -> "a request's forwarding headers count as absent: " + e.getMessage());
            return Word.unheard(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The last element is the word of the proxy that sent the request. Where that says that it was called by a trusted
     * proxy itself, the element before is the word of that one, and so on.
     */
    private static ForwardedAddress standard(HttpServletRequest request, TrustedProxies proxies) throws BadForwarding {
        // Line by line, though they are one list: quotes that a stranger leaves open must not swallow what follows.
        List<Map<String, String>> elements = new ArrayList<>();
        for (String line : lines(request, "Forwarded")) {
            elements.addAll(ForwardedElements.of(line));
        }
        Map<String, String> word = Map.of();
        for (int i = elements.size() - 1; i >= 0; i--) {
            word = elements.get(i);
            String caller = word.get("for");
            if (caller == null
                    || ForwardedNode.parse(caller)
                            .address()
                            .filter(proxies::contain)
                            .isEmpty()) {
                break;
            }
        }
        return ForwardedAddress.parse(word.get("proto"), word.get("host"), null, null);
    }

    private static ForwardedAddress usual(HttpServletRequest request) throws BadForwarding {
        return ForwardedAddress.parse(
                last(request, "X-Forwarded-Proto"),
                last(request, "X-Forwarded-Host"),
                last(request, "X-Forwarded-Port"),
                last(request, "X-Forwarded-Prefix"));
    }

    /** The word of the proxy that sent the request, since each adds its own behind those before. */
    private static @Nullable String last(HttpServletRequest request, String name) {
        List<String> lines = lines(request, name);
        if (lines.isEmpty()) {
            return null;
        }
        String line = lines.get(lines.size() - 1);
        return line.substring(line.lastIndexOf(',') + 1).strip();
    }

    private static List<String> lines(HttpServletRequest request, String name) {
        Enumeration<String> lines = request.getHeaders(name);
        return lines == null ? List.of() : Collections.list(lines);
    }
}
