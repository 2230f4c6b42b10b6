/** The pages, each behind a stand-in for the filter. */
@NullMarked
package io.github.pkceauth.example;

import org.jspecify.annotations.NullMarked;
