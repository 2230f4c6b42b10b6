package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Config;
import io.github.pkceauth.oidc.CallFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Whether the provider can be reached, and by what kind of connection. */
final class ConnectionCheck implements Check {

    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public void look(Case examined, Findings findings) {
        if (examined.metadata().call().isEmpty()) {
            findings.add(Code.METADATA_NOT_NEEDED, "the configuration has all endpoints that logins need");
        }
        examined.metadata()
                .call()
                .filter(call -> call.mishap().isEmpty())
                .ifPresent(call -> findings.add(Code.METADATA_READ, read(call)));
        examined.calls()
                .forEach(call -> call.mishap().ifPresent(mishap -> add(examined.config(), call, mishap, findings)));
        Set<String> seen = new HashSet<>();
        for (CallFacts call : examined.calls()) {
            call.tls()
                    .filter(tls -> seen.add(call.address().getRawAuthority() + tls))
                    .ifPresent(tls -> addTls(call, tls, examined.time(), findings));
        }
    }

    private static String read(CallFacts call) {
        return "read at " + call.address() + " in " + call.took().toMillis() + " ms"
                + call.proxy().map(proxy -> ", by the JVM's proxy " + proxy).orElse("");
    }

    private static void addTls(CallFacts call, CallFacts.Tls tls, Instant now, Findings findings) {
        String host = call.address().getRawAuthority();
        Duration left = Duration.between(now, tls.end());
        if (left.compareTo(SOON) < 0) {
            findings.add(
                    Code.CERTIFICATE_ENDS_SOON,
                    "the certificate of " + host + " expires in " + left.toDays() + " days, at " + tls.end(),
                    "have it renewed at the provider");
        } else {
            findings.add(Code.TLS, tls.protocol() + " with " + host + "; its certificate lasts until " + tls.end());
        }
    }

    private static void add(Config config, CallFacts call, CallFacts.Mishap mishap, Findings findings) {
        String from = settingOf(config, call);
        switch (mishap.trouble()) {
            case NAME_UNKNOWN ->
                findings.add(
                        Code.NAME_UNKNOWN,
                        mishap.message(),
                        "check the host in " + from + ", and this machine's DNS; " + byProxy());
            case REFUSED ->
                findings.add(
                        Code.CONNECTION_REFUSED,
                        mishap.message(),
                        "check host and port in " + from + ", whether the provider runs, and firewalls; " + byProxy());
            case TIME_LIMIT ->
                findings.add(
                        Code.NO_ANSWER_IN_TIME,
                        mishap.message(),
                        "check firewalls between here and there, and the provider's load; " + byProxy()
                                + "; httpTimeout gives it more time");
            case CERTIFICATE_UNTRUSTED ->
                findings.add(
                        Code.CERTIFICATE_UNTRUSTED,
                        mishap.message(),
                        "name the PEM file of its authority in trustedCertificates; where a public authority stands"
                                + " behind it, have the server send the certificates between, too");
            case CERTIFICATE_NAME ->
                findings.add(
                        Code.CERTIFICATE_HOST_NAME,
                        mishap.message(),
                        "write the name that the certificate is for in " + from
                                + ", or have a certificate issued for this one");
            case CERTIFICATE_TIME ->
                findings.add(
                        Code.CERTIFICATE_OUT_OF_DATE,
                        mishap.message(),
                        "have it renewed at the provider; check this machine's date as well");
            case TLS ->
                findings.add(
                        Code.TLS_FAILED,
                        mishap.message(),
                        "check that the port in " + from + " speaks TLS, in a version that this JVM has;"
                                + " -Djavax.net.debug=ssl:handshake tells more");
            case PROXY ->
                findings.add(
                        Code.PROXY_REFUSED,
                        mishap.message(),
                        "proxies are sent no password: have the proxy let these calls pass, or go around it with"
                                + " -Dhttp.nonProxyHosts");
            case CONNECTION ->
                findings.add(
                        Code.CONNECTION_FAILED,
                        mishap.message(),
                        "check what stands between here and there, and the provider's log");
            case STATUS ->
                findings.add(
                        Code.STATUS_UNEXPECTED,
                        mishap.message(),
                        from.equals("issuer")
                                ? "write in issuer what stands before /.well-known/ in the metadata's address; where they"
                                        + " are elsewhere, name their address in metadataUrl"
                                : "check the address in " + from + ", and the provider's log");
            case CONTENT ->
                findings.add(
                        Code.ANSWER_UNREADABLE,
                        mishap.message(),
                        "look at what is there: the address in " + from
                                + " may be of a page for people, or something between may answer in its place");
        }
    }

    private static String byProxy() {
        return "where the way out is a proxy, tell the JVM with -Dhttps.proxyHost and -Dhttps.proxyPort";
    }

    /** The parameter that the address comes from. */
    private static String settingOf(Config config, CallFacts call) {
        return switch (call.what()) {
            case "metadata" -> config.provider().metadataUrl().isPresent() ? "metadataUrl" : "issuer";
            case "jwks_uri" -> config.provider().jwksUri().isPresent() ? "jwksUri" : "the provider's metadata";
            default -> config.provider().tokenEndpoint().isPresent() ? "tokenEndpoint" : "the provider's metadata";
        };
    }
}
