package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.oidc.Loopback;
import java.net.URI;

/** Whether it is known where browsers see the application. */
final class AddressCheck implements Check {

    @Override
    public void look(Case examined, Findings findings) {
        String base = examined.config().baseUrl().orElse(null);
        Forwarding.Headers headers = examined.config().forwarding().headers();
        if (base == null && headers == Forwarding.Headers.NONE) {
            findings.add(
                    Code.BASE_URL_UNKNOWN,
                    "baseUrl is not set: the redirect URI has the scheme and the host that the container sees",
                    "set baseUrl to the address that browsers see, at least behind a proxy; to register, put it in place"
                            + " of https://<host><context path>");
        } else if (base == null) {
            findings.add(Code.BASE_URL, "the base address comes from proxies, by forwardedHeaders=" + headers.word());
        } else if (Loopback.isExposed(URI.create(base))) {
            findings.add(
                    Code.BASE_URL_INSECURE,
                    "baseUrl is " + base + ": codes and session cookies cross the network in the open",
                    "serve the application by https, and write that address in baseUrl");
        } else {
            findings.add(Code.BASE_URL, "browsers see the application at " + base);
        }
    }
}
