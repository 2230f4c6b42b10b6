package io.github.pkceauth.oidc;

import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What answers show beside what they say: the connection they came by, and the time where they were made. */
final class Sightings implements Http.Witness {

    /** The client hands an answer out by a detour; see {@link HttpCall}. */
    private static final Duration DETOUR = Duration.ofSeconds(10);

    /** RFC 9111 section 5.1; a cache that keeps an answer for longer is none. */
    private static final long LONGEST_AGE = 100_000_000;

    private final Map<URI, CompletableFuture<HttpResponse<?>>> byAddress = new ConcurrentHashMap<>();

    @Override
    public void saw(URI address, HttpResponse<?> response) {
        at(address).complete(response);
    }

    private CompletableFuture<HttpResponse<?>> at(URI address) {
        return byAddress.computeIfAbsent(address, any -> new CompletableFuture<>());
    }

    /** The answer that has come from there. */
    Optional<HttpResponse<?>> of(URI address) {
        try {
            return Optional.of(at(address).get(DETOUR.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    static Optional<CallFacts.Tls> tls(HttpResponse<?> response) {
        return response.sslSession().flatMap(Sightings::tls);
    }

    private static Optional<CallFacts.Tls> tls(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(new CallFacts.Tls(
                            session.getProtocol(), certificate.getNotAfter().toInstant()))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /**
     * How far the other clock is ahead: its time lies between the two of the call, give or take the second that the
     * header is cut to. An answer out of a cache says how old it is (RFC 9111 section 5.1).
     */
    static Optional<CallFacts.Clock> clock(HttpResponse<?> response, Instant asked, Instant answered) {
        return date(response).map(date -> {
            Instant earliest = asked.truncatedTo(ChronoUnit.SECONDS);
            Duration ahead = date.isBefore(earliest)
                    ? Duration.between(earliest, date)
                    : date.isAfter(answered) ? Duration.between(answered, date) : Duration.ZERO;
            return new CallFacts.Clock(ahead);
        });
    }

    private static Optional<Instant> date(HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .plusSeconds(age(response)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static long age(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Age")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .filter(age -> age < LONGEST_AGE)
                .orElse(0L);
    }
}
