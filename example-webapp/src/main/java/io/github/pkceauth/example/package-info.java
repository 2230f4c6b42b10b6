/** A small web application behind the filter: one servlet a page, and nothing of the login in any of them. */
@NullMarked
package io.github.pkceauth.example;

import org.jspecify.annotations.NullMarked;
