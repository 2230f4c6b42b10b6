package io.github.pkceauth.example.launcher.provider;

import java.net.URI;

/**
 * The provider's name in tokens and metadata. It is fixed, not taken from the request: the provider answers at localhost
 * and at 127.0.0.1, and is the same at both.
 *
 * @param uri the issuer identifier
 */
record Issuer(URI uri) {}
