package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Printable;
import java.util.Optional;

/** Whether the metadata are of the issuer that the deployment names, to the letter. */
final class IssuerCheck implements Check {

    @Override
    public void look(Case examined, Findings findings) {
        if (!examined.hasMetadata()) {
            return;
        }
        String issuer = examined.config().provider().issuer();
        Optional<String> problem = examined.metadata().issuerProblem();
        if (problem.isEmpty()) {
            findings.add(Code.ISSUER, "the metadata's issuer is " + issuer + ", to the letter");
        } else {
            Object announced = examined.metadata().members().get("issuer");
            findings.add(
                    Code.ISSUER_MISMATCH,
                    problem.get(),
                    announced instanceof String text
                            ? mend(issuer, text)
                            : "the metadata have no issuer: check metadataUrl");
        }
    }

    private static String mend(String ours, String theirs) {
        String shown = Printable.of(theirs);
        if (theirs.equals(ours + "/")) {
            return "put a slash at the end: issuer=" + shown;
        }
        if (ours.equals(theirs + "/")) {
            return "leave the slash at the end out: issuer=" + shown;
        }
        if (ours.equalsIgnoreCase(theirs)) {
            return "upper and lower case count: issuer=" + shown;
        }
        if (withoutScheme(ours).equals(withoutScheme(theirs))) {
            return "http and https are two issuers: issuer=" + shown + ", or tell the provider that it is behind https";
        }
        if (theirs.contains("{")) {
            return "these metadata are of many tenants: write the issuer of one, or name yours in tenants";
        }
        return "if that is the provider that is meant, write issuer=" + shown
                + ", with metadataUrl where its metadata are read elsewhere; if not, check the address";
    }

    private static String withoutScheme(String address) {
        return address.replaceFirst("^https?://", "");
    }
}
