package io.github.pkceauth.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Tells the {@link Canary} of all that comes out: answers, requests, log lines, exceptions. */
final class Eavesdropper {
    /** The one of the running tests. */
    static final Eavesdropper RUN = new Eavesdropper(Canary.RUN);

    private static final String OURS = "io.github.pkceauth";

    private final Canary canary;
    private final List<Logger> heard = new ArrayList<>();

    Eavesdropper(Canary canary) {
        this.canary = canary;
    }

    /** Hears the filter at every level from now on, and everybody else as loud as they are. */
    synchronized void listen() {
        if (!heard.isEmpty()) {
            return;
        }
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                handler.setFilter(record -> !isOurs(record) || isLoud(record));
            }
        }
        Logger ours = Logger.getLogger(OURS);
        ours.setLevel(Level.ALL);
        heard.addAll(ContainerLogs.LOGGERS);
        heard.add(ours);
        heard.add(Logger.getLogger(""));
        Ear ear = new Ear();
        heard.forEach(logger -> logger.addHandler(ear));
    }

    /** What somebody has answered, unless it was a provider. */
    void answered(Page page) {
        if (ScriptedProvider.isAt(page.url().port())) {
            return;
        }
        page.cookiesSet().stream()
                .filter(cookie -> cookie.name().endsWith("SESSIONID"))
                .forEach(cookie -> canary.learn(SecretKind.SESSION_ID, cookie.value()));
        for (Map.Entry<String, String> field : page.headers().fields()) {
            // Both send the browser elsewhere; the second is for scripts.
            if (field.getKey().equalsIgnoreCase("Location") || field.getKey().equalsIgnoreCase("HX-Redirect")) {
                sent(page.url().resolve(field.getValue()), field.getValue());
            } else {
                canary.see("answer: " + field.getKey(), field.getValue());
            }
        }
        if (!isOfApplication(page)) {
            boolean sendsAnswerOn = page.refreshes() || page.submitsItself();
            canary.see("answer: body" + (sendsAnswerOn ? " of a page that sends the answer on" : ""), page.body());
        }
    }

    /**
     * The applications of these tests answer in JSON and plain text what they were asked and what they were
     * given, tokens included; pages and problems are the filter's or the container's.
     */
    private static boolean isOfApplication(Page page) {
        String type = page.headers().get("Content-Type", "");
        return type.startsWith("application/json") || type.startsWith("text/plain");
    }

    private void sent(Url target, String location) {
        boolean toProvider = ScriptedProvider.isAt(target.port());
        if (toProvider) {
            learn(target.parameters());
        }
        String endpoint = ScriptedProvider.endpointAt(target.port(), target.path());
        canary.see("answer: Location" + (toProvider ? " of " + endpoint : ""), location);
    }

    /** What has reached an endpoint of a provider, by whatever path. */
    void requested(RecordedRequest request, String endpoint) {
        learn(request.query());
        if (endpoint.equals(ScriptedProvider.PAR)) {
            learn(request.form());
        }
        request.form().all("code_verifier").forEach(verifier -> canary.learn(SecretKind.CODE_VERIFIER, verifier));
        String place = "request to " + endpoint + ": ";
        canary.see(place + "URL", request.path() + "?" + request.rawQuery());
        canary.see(place + "body", request.body());
        request.headers().fields().forEach(field -> canary.see(place + field.getKey(), field.getValue()));
    }

    /** What was thrown at somebody, with its causes. */
    void thrown(Throwable failure) {
        canary.see("exception", stackTrace(failure));
    }

    private void learn(Parameters request) {
        request.all("state").forEach(state -> canary.learn(SecretKind.STATE, state));
        request.all("nonce").forEach(nonce -> canary.learn(SecretKind.NONCE, nonce));
    }

    private static boolean isOurs(LogRecord record) {
        return String.valueOf(record.getLoggerName()).startsWith(OURS);
    }

    private static boolean isLoud(LogRecord record) {
        return record.getLevel().intValue() >= Level.WARNING.intValue();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Hears what passes through the loggers it is at; some things twice, which does no harm. */
    private final class Ear extends Handler {
        Ear() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            String place = isOurs(record) ? "log" : "log of " + record.getLoggerName();
            canary.see(place, Logs.messageOf(record));
            if (record.getThrown() != null) {
                canary.see(place, stackTrace(record.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
