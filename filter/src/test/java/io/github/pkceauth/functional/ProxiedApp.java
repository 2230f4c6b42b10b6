package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Page;
import java.util.List;

/**
 * An application as a browser meets it behind a proxy that tells in headers what the browser sees; the proxy is this
 * machine.
 *
 * @param seen the address that the browser sees in place of the application's origin and context path
 * @param headers what the proxy adds to every request, each as {@code Name: value}
 */
record ProxiedApp(App app, Browser browser, String seen, List<String> headers) {
    /** Where the proxies of these tests have the application. */
    static final String SHOP = "https://www.example.com/shop/app";

    /** A request for a path of the application, as the proxy passes it on. */
    BrowserRequest request(String path) {
        BrowserRequest request = browser.request(app.url(path));
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.header(header.substring(0, colon), header.substring(colon + 2));
        }
        return request;
    }

    /** A page that a browser navigates to. */
    Page page(String path) {
        return request(path).header("Accept", "text/html").send();
    }

    /** What comes of the provider's answer to a request that led there: the callback's answer. */
    Page answered(Page atProvider) {
        String callback = browser.follow(atProvider).location();
        assertTrue(callback.startsWith(seen + "/"), () -> callback + " is not behind " + seen);
        return page(callback.substring(seen.length()));
    }

    /** Signs in, beginning with a page; the answer to the callback. */
    Page signIn(String path) {
        return answered(page(path));
    }
}
