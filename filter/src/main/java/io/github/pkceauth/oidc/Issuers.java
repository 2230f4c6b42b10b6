package io.github.pkceauth.oidc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom users may be signed in by: one issuer; or those of listed tenants, where a provider has an issuer for each and
 * metadata that name them all by a placeholder, as Entra ID does.
 *
 * @param identifier the issuer identifier, with {@link #TENANT} in it where there are tenants
 * @param tenants the tenants that are trusted, none where the identifier is one issuer's
 */
public record Issuers(String identifier, List<String> tenants) {

    /** What stands in an identifier in place of a tenant. */
    public static final String TENANT = "{tenantid}";

    /** The one issuer of that identifier. */
    public static Issuers one(String identifier) {
        return new Issuers(identifier, List.of());
    }

    /** Whether there is an issuer for each tenant. */
    public boolean haveTenants() {
        return !tenants.isEmpty();
    }

    /** Whether an issuer is among them, to the letter. */
    public boolean contain(String issuer) {
        return haveTenants()
                ? tenants.stream().anyMatch(tenant -> ofTenant(tenant).equals(issuer))
                : identifier.equals(issuer);
    }

    /** Whether an issuer among them may say that it speaks for a tenant ({@code tid}), as tokens of tenants do. */
    boolean agree(String issuer, @Nullable Object tenant) {
        return !haveTenants()
                || (tenant instanceof String text
                        && tenants.contains(text)
                        && ofTenant(text).equals(issuer));
    }

    /** Whether a key that is published for some issuers, maybe with the placeholder, is for this one. */
    static boolean isFor(String published, String issuer, @Nullable Object tenant) {
        return (tenant instanceof String text ? published.replace(TENANT, text) : published).equals(issuer);
    }

    private String ofTenant(String tenant) {
        return identifier.replace(TENANT, tenant);
    }
}
