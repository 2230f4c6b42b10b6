package io.github.pkceauth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A web browser as far as login goes: its own cookies, the headers that tell a navigation from a
 * fetch, and redirects one by one. Sites are told apart by scheme and host, so an application on
 * {@code localhost} and a provider on {@code 127.0.0.1} are two. Addresses are sent byte for byte.
 */
public final class Browser implements AutoCloseable {
    private static final int MOST_REDIRECTS = 20;
    private static final String PAGE_TYPES =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private final Cookies cookies;
    private final boolean keepsCookies;
    private final boolean saysSecFetch;
    private final List<Page> history = new ArrayList<>();

    private Browser(boolean keepsCookies, boolean saysSecFetch) {
        this(keepsCookies, saysSecFetch, new Cookies(false));
    }

    private Browser(boolean keepsCookies, boolean saysSecFetch, Cookies cookies) {
        this.cookies = cookies;
        this.keepsCookies = keepsCookies;
        this.saysSecFetch = saysSecFetch;
    }

    /** A present-day browser, without any cookies yet. */
    public static Browser open() {
        return new Browser(true, true);
    }

    /** A browser that takes this machine for as safe as https, and leaves it its Secure cookies: most do. */
    public static Browser trustingLoopback() {
        return new Browser(true, true, new Cookies(true));
    }

    /** A browser that never keeps or sends a cookie. */
    public static Browser withoutCookies() {
        return new Browser(false, true);
    }

    /** A browser that knows no Sec-Fetch headers. */
    public static Browser old() {
        return new Browser(true, false);
    }

    /**
     * Types an address: a top-level navigation that no page has begun, and a new history. One response,
     * no redirect.
     */
    public Page navigate(String url) {
        synchronized (this) {
            history.clear();
        }
        return visit(Url.parse(url), Journey.typed());
    }

    /** Follows a link of a page to an address. One response, no redirect. */
    public Page click(Page from, String link) {
        return clickFrom(from.url().toString(), from.url().resolve(link).toString());
    }

    /** Follows a link to an address from a page at any other. One response, no redirect. */
    public Page clickFrom(String from, String url) {
        Url target = Url.parse(url);
        return visit(target, Journey.from(Url.parse(from), target, "navigate"));
    }

    /** Types an address and goes on to the last page, by redirects and by pages that go on by themselves. */
    public Page navigateFully(String url) {
        return followFully(navigate(url));
    }

    /** Goes on from a page to the last one, by redirects and by pages that go on by themselves. */
    public Page followFully(Page first) {
        Page page = first;
        for (int hops = 0; page.isRedirect() || page.submitsItself() || page.refreshes(); hops++) {
            if (hops == MOST_REDIRECTS) {
                throw new AssertionError("Too many redirects: " + addresses());
            }
            page = goOn(page);
        }
        return page;
    }

    private Page goOn(Page page) {
        if (page.isRedirect()) {
            return follow(page);
        }
        return page.refreshes() ? click(page, page.refreshTarget().toString()) : submit(page);
    }

    /** Follows one redirect, as part of the navigation that led to it. */
    public Page follow(Page page) {
        BrowserRequest.Sent sent = page.request();
        Url target = page.redirectTarget();
        boolean repeats = page.status() == 307 || page.status() == 308;
        Journey journey = sent.journey().onwards(page.url(), target);
        if (repeats && sent.method().equals("POST")) {
            return post(target, Parameters.parse(sent.body()), journey);
        }
        return visit(target, journey);
    }

    /** Submits the first form of the page. */
    public Page submit(Page page) {
        return submit(page, page.form());
    }

    /** Submits a form of the page, as filled in. */
    public Page submit(Page page, Form form) {
        Url target = form.action().isEmpty() ? page.url() : page.url().resolve(form.action());
        if (form.method().equals("GET")) {
            return click(page, form.fields().appendTo(target.withoutQuery()));
        }
        return post(target, form.fields(), Journey.from(page.url(), target, "navigate"));
    }

    /** Submits a form from a page of the same origin. */
    public Page post(String url, Map<String, String> fields) {
        return postFrom(url, url, fields);
    }

    /** Submits a form from a page at any address. */
    public Page postFrom(String from, String url, Map<String, String> fields) {
        Url target = Url.parse(url);
        return post(target, Parameters.of(fields), Journey.from(Url.parse(from), target, "navigate"));
    }

    /** Fetches by script from a page of the same origin. */
    public Page fetch(String url) {
        return fetchFrom(url, url);
    }

    /** Fetches by script from a page at any address; across sites, cookies do not go along. */
    public Page fetchFrom(String from, String url) {
        Url target = Url.parse(url);
        Journey journey = Journey.from(Url.parse(from), target, "cors");
        Headers headers = Headers.none().plus("Accept", "*/*").plus("Referer", referer(journey, target));
        if (!journey.site().equals("same-origin")) {
            headers = headers.plus("Origin", Url.parse(from).origin());
        }
        return exchange(target, new BrowserRequest.Sent("GET", headers, "", journey));
    }

    /** A request to be put together by hand. */
    public BrowserRequest request(String url) {
        return new BrowserRequest(this, Url.parse(url));
    }

    /** The cookies, to be looked at or changed. */
    public Cookies cookies() {
        return cookies;
    }

    /** Takes over all cookies of another browser. */
    public Browser copyCookiesFrom(Browser other) {
        cookies.copyFrom(other.cookies);
        return this;
    }

    /** Every page since an address was last typed, in order. */
    public synchronized List<Page> history() {
        return List.copyOf(history);
    }

    /** The addresses of every page since one was last typed, in order. */
    public List<String> addresses() {
        return history().stream().map(page -> page.url().toString()).toList();
    }

    /** Forgets cookies and history. */
    @Override
    public synchronized void close() {
        cookies.clear();
        history.clear();
    }

    Page exchange(Url url, BrowserRequest.Sent sent) {
        Headers headers = withCookies(url, withSecFetch(sent), sent);
        Page page = RawHttp.to(url).exchange(url, sent, headers);
        if (keepsCookies) {
            page.cookiesSet().forEach(cookie -> cookies.store(url, cookie));
        }
        synchronized (this) {
            history.add(page);
        }
        return page;
    }

    private Page visit(Url target, Journey journey) {
        return exchange(target, new BrowserRequest.Sent("GET", forPage(target, journey), "", journey));
    }

    private Page post(Url target, Parameters fields, Journey journey) {
        Url initiator = journey.initiator();
        Headers headers = forPage(target, journey)
                .plus("Origin", initiator == null ? "null" : initiator.origin())
                .plus("Content-Type", "application/x-www-form-urlencoded");
        return exchange(target, new BrowserRequest.Sent("POST", headers, fields.encoded(), journey));
    }

    private static Headers forPage(Url target, Journey journey) {
        Headers headers = Headers.none().plus("Accept", PAGE_TYPES).plus("Upgrade-Insecure-Requests", "1");
        String referer = referer(journey, target);
        return referer.isEmpty() ? headers : headers.plus("Referer", referer);
    }

    /** By the policy that browsers take where none is said: strict-origin-when-cross-origin. */
    private static String referer(Journey journey, Url target) {
        Url from = journey.initiator();
        if (from == null || (from.scheme().equals("https") && target.scheme().equals("http"))) {
            return "";
        }
        return from.origin().equals(target.origin()) ? from.toString() : from.origin() + "/";
    }

    private Headers withSecFetch(BrowserRequest.Sent sent) {
        Journey journey = sent.journey();
        if (!saysSecFetch || journey.mode().isEmpty()) {
            return sent.headers();
        }
        Headers headers = sent.headers()
                .plus("Sec-Fetch-Site", journey.site())
                .plus("Sec-Fetch-Mode", journey.mode())
                .plus("Sec-Fetch-Dest", journey.isNavigation() ? "document" : "empty");
        return journey.isNavigation() ? headers.plus("Sec-Fetch-User", "?1") : headers;
    }

    private Headers withCookies(Url url, Headers headers, BrowserRequest.Sent sent) {
        boolean topLevelGet = sent.journey().isNavigation() && sent.method().equals("GET");
        String cookie = cookies.header(url, sent.journey().isSameSite(url), topLevelGet);
        return cookie.isEmpty() || !keepsCookies ? headers : headers.plus("Cookie", cookie);
    }
}
