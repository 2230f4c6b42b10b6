package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Watches one call of an {@link Examination}, from before it begins. */
final class CallWatch {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final String what;
    private final URI address;
    private final InstantSource clock;
    private final Instant asked;
    private final long begun = System.nanoTime();

    CallWatch(String what, URI address, InstantSource clock) {
        this.what = what;
        this.address = address;
        this.clock = clock;
        this.asked = clock.instant();
    }

    /** There is an answer, which came from there. */
    CallFacts answered(URI from, Sightings sightings) {
        Instant answered = clock.instant();
        Duration took = took();
        Optional<HttpResponse<?>> response = sightings.of(from);
        return new CallFacts(
                what,
                from,
                took,
                proxy(from),
                response.flatMap(Sightings::tls),
                response.flatMap(seen -> Sightings.clock(seen, asked, answered)),
                Optional.empty());
    }

    /** There is no answer. */
    CallFacts failed(AuthFailure failure, Duration limit) {
        Optional<String> proxy = proxy(address);
        Trouble trouble = Trouble.behind(failure.getCause());
        String message = failure.getCause() == null
                ? String.valueOf(failure.getMessage())
                : HttpCall.from(what, address) + " " + words(trouble, failure, proxy, limit);
        return new CallFacts(
                what,
                address,
                took(),
                proxy,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CallFacts.Mishap(trouble, message)));
    }

    /** There was an answer, and it is of no use. */
    static CallFacts unusable(CallFacts call, HttpAnswer answer, AuthFailure failure) {
        Trouble trouble = answer.status() == PROXY_AUTHENTICATION_REQUIRED
                ? Trouble.PROXY
                : answer.status() == 200 ? Trouble.CONTENT : Trouble.STATUS;
        String message = trouble == Trouble.PROXY
                ? answer.from() + " could not be reached: " + jvmsProxy(call.proxy()) + " wants a password (status 407)"
                : String.valueOf(failure.getMessage());
        return new CallFacts(
                call.what(),
                call.address(),
                call.took(),
                call.proxy(),
                call.tls(),
                call.clock(),
                Optional.of(new CallFacts.Mishap(trouble, message)));
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String jvmsProxy(Optional<String> proxy) {
        return proxy.map(at -> "the JVM's proxy " + at).orElse("a proxy on the way");
    }

    private String words(Trouble trouble, AuthFailure failure, Optional<String> proxy, Duration limit) {
        String target = proxy.isPresent() ? jvmsProxy(proxy) : address.getRawAuthority();
        return switch (trouble) {
            case NAME_UNKNOWN -> "could not be reached: no address is known for the name of " + target;
            case REFUSED -> "could not be reached: no connection is accepted at " + target;
            case TIME_LIMIT ->
                "gave no whole answer within " + limit
                        + proxy.map(at -> ", by " + target).orElse("");
            case CERTIFICATE_UNTRUSTED -> "has a certificate that no trusted authority stands behind";
            case CERTIFICATE_NAME ->
                "has a certificate that is for another host (" + told(failure, Trouble::isOfName) + ")";
            case CERTIFICATE_TIME -> "has a certificate that " + times(failure);
            case TLS -> "failed the TLS handshake (" + told(failure, cause -> true) + ")";
            case PROXY, CONNECTION, STATUS, CONTENT -> "could not be reached (" + told(failure, cause -> true) + ")";
        };
    }

    /** The most telling words of the JDK, without the class names that it puts before them. */
    private static String told(AuthFailure failure, Predicate<Throwable> which) {
        List<Throwable> causes = Trouble.causes(failure.getCause());
        return Printable.of(causes.stream()
                .filter(which)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((first, deeper) -> deeper)
                .orElseGet(() -> causes.isEmpty()
                        ? "for no known reason"
                        : causes.get(causes.size() - 1).getClass().getSimpleName()));
    }

    private String times(AuthFailure failure) {
        for (Throwable cause : Trouble.causes(failure.getCause())) {
            if (cause instanceof CertPathValidatorException path
                    && Trouble.isOfTime(path)
                    && path.getCertPath() != null
                    && path.getIndex() >= 0) {
                List<? extends Certificate> chain = path.getCertPath().getCertificates();
                if (chain.get(path.getIndex()) instanceof X509Certificate certificate) {
                    return clock.instant().isBefore(certificate.getNotBefore().toInstant())
                            ? "is not valid before "
                                    + certificate.getNotBefore().toInstant()
                            : "expired on " + certificate.getNotAfter().toInstant();
                }
            }
        }
        return "is not valid at this time (" + told(failure, Trouble::isOfTime) + ")";
    }

    /** What the JVM's proxy selector says, which the client follows. */
    private static Optional<String> proxy(URI address) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return Optional.empty();
        }
        return selector.select(address).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(at -> at.getHostString() + ":" + at.getPort())
                .findFirst();
    }
}
