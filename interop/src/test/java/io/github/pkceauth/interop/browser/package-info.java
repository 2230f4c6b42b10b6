/** The filter before a browser as it is: Chromium, with its own ideas of cookies, history, prefetches and policies. */
@NullMarked
package io.github.pkceauth.interop.browser;

import org.jspecify.annotations.NullMarked;
