/** A web application with what the example lacks. It sees the Servlet API, the filter, and what is in this package. */
@NullMarked
package io.github.pkceauth.interop.container.webapp;

import org.jspecify.annotations.NullMarked;
