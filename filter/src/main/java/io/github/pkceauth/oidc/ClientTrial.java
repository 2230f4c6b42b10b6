package io.github.pkceauth.oidc;

/**
 * What the token endpoint said to a code that nobody issued.
 *
 * @param call how the call went
 * @param status the HTTP status, or 0 where there was no answer
 * @param error the registered error that it named (RFC 6749 section 5.2), or empty
 * @param message what to tell of it, or empty
 */
public record ClientTrial(CallFacts call, int status, String error, String message) {}
