package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Issuers;
import io.github.pkceauth.oidc.Loopback;
import io.github.pkceauth.oidc.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads addresses, and holds them to https unless the deployment openly allows http. */
final class Addresses {

    private static final String WELL_KNOWN = "/.well-known/";
    private static final int MAX_PORT = 65_535;

    /** Steps that browsers take out of a path, plain or escaped, and steps of no name. */
    private static final Pattern TWISTED = Pattern.compile("//|/(?:\\.|%2[eE]){1,2}(?:/|$)");

    private final boolean allowInsecure;

    Addresses(boolean allowInsecure) {
        this.allowInsecure = allowInsecure;
    }

    /** An address at the provider. */
    URI endpoint(String text) throws BadValue {
        URI address = absolute(text);
        if (address.getRawFragment() != null) {
            throw new BadValue("write the address without a fragment (#…)");
        }
        return address;
    }

    /** An issuer identifier: an https address without query or fragment (OpenID Connect Core 2). */
    String issuer(String text) throws BadValue {
        if (text.contains(WELL_KNOWN)) {
            throw new BadValue("write the issuer itself, which is the part before " + WELL_KNOWN
                    + "; where the metadata" + " is elsewhere, name its address in metadataUrl");
        }
        if (text.contains(Issuers.TENANT)) {
            throw new BadValue(
                    "name the tenants whose users may sign in, in tenants; or write the issuer of one tenant");
        }
        URI address = absolute(text);
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new BadValue("write the issuer without query and fragment");
        }
        return text;
    }

    /** An issuer identifier with a placeholder for the tenant, as metadata of many tenants have it. */
    String issuerOfTenants(String text) throws BadValue {
        int place = text.indexOf(Issuers.TENANT);
        if (place < 0 || text.indexOf(Issuers.TENANT, place + 1) >= 0) {
            throw new BadValue("with tenants, write it as the metadata has it, with " + Issuers.TENANT
                    + " once, for example https://login.microsoftonline.com/" + Issuers.TENANT + "/v2.0");
        }
        String ofOne = text.replace(Issuers.TENANT, "tenant");
        if (absolute(issuer(ofOne))
                .getRawPath()
                .equals(absolute(text.replace(Issuers.TENANT, "other")).getRawPath())) {
            throw new BadValue("write " + Issuers.TENANT + " as a part of the path, not of the server's name");
        }
        return text;
    }

    /** What the browser sees in place of origin and context path, without a final slash. */
    String base(String text) throws BadValue {
        URI address = absolute(text);
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new BadValue("write origin and path alone, without query and fragment");
        }
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String path = address.getRawPath();
        if (base.endsWith("/") || (path != null && TWISTED.matcher(path).find())) {
            throw new BadValue("write the path as browsers show it, without // and without . and .. in it");
        }
        return base;
    }

    /** A resource indicator: an absolute URI without fragment (RFC 8707 section 2). */
    static List<String> resources(String text) throws BadValue {
        for (String resource : Parsers.words(text)) {
            URI uri = parsed(resource);
            if (!uri.isAbsolute() || uri.getRawFragment() != null) {
                throw new BadValue("'" + Printable.of(resource) + "' is no absolute URI without fragment; write one");
            }
        }
        return Parsers.words(text);
    }

    private URI absolute(String text) throws BadValue {
        URI address = parsed(text);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("https") && !scheme.equals("http"))
                || address.getHost() == null
                || address.getPort() > MAX_PORT
                || address.getRawUserInfo() != null) {
            throw new BadValue("write an absolute address, for example https://login.example.com/");
        }
        if (!allowInsecure && Loopback.isExposed(address)) {
            throw new BadValue("write https; plain http leaves this machine only with allowInsecureHttp=true");
        }
        return address;
    }

    private static URI parsed(String text) throws BadValue {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new BadValue("write a valid address: " + e.getReason());
        }
    }
}
