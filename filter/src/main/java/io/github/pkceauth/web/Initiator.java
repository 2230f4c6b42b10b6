package io.github.pkceauth.web;

import io.github.pkceauth.oidc.Printable;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells which site a request was sent by, as the browser says it. */
final class Initiator {

    private final PublicUrl publicUrl;

    Initiator(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Whether another origin, or one that hides, sent the request. */
    boolean isForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return !publicUrl.isSameOrigin(request, origin);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return request.getMethod().equals("POST") && site != null && !isOwn(site);
    }

    /** Whether the browser says that the application's own origin sent the request, in one way or another. */
    boolean isOwn(HttpServletRequest request) {
        boolean saysWho = request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null;
        return saysWho ? !isForeign(request) : isOwnPage(request, request.getHeader("Referer"));
    }

    /** Who sent a request that is not taken for the application's own, for the log, and what helps where it is. */
    String described(HttpServletRequest request) {
        return sender(request)
                + ", and this application is "
                + publicUrl.base(request)
                + "; behind a proxy set baseUrl; a page with the Referrer-Policy no-referrer sends"
                + " the origin null with its forms, same-origin mends that";
    }

    private static String sender(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return "the origin '" + Printable.of(origin) + "'";
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return "a page that the browser calls '" + Printable.of(site) + "'";
        }
        return request.getHeader("Referer") == null
                ? "somewhere, without a header Origin, Sec-Fetch-Site or Referer to tell where"
                : "a page of another origin, as its Referer says";
    }

    /** Whether it is a link of the application's own pages that was followed, or an address that was typed. */
    boolean isOwnLink(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        if (destination != null && !destination.equals("document")) {
            return false; // an image in a page, say
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? isOwnPage(request, request.getHeader("Referer")) : isOwn(site);
    }

    private boolean isOwnPage(HttpServletRequest request, @Nullable String referer) {
        return referer != null && publicUrl.isSameOrigin(request, referer);
    }

    private static boolean isOwn(String site) {
        return site.equals("same-origin") || site.equals("none");
    }
}
