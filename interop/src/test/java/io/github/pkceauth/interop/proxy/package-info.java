/** The filter behind reverse proxies as they are, set up as {@code docs/proxies.md} has it. */
@NullMarked
package io.github.pkceauth.interop.proxy;

import org.jspecify.annotations.NullMarked;
