package io.github.pkceauth.benchmarks.hotpath;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the filter: it keeps the request that reached it, and asks it one thing at the most. Some contestants
 * know their user only for as long as that lasts.
 */
final class Application implements FilterChain {

    private final @Nullable Predicate<HttpServletRequest> question;
    private @Nullable HttpServletRequest reached;
    private boolean answer;

    Application() {
        this(null);
    }

    Application(@Nullable Predicate<HttpServletRequest> question) {
        this.question = question;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
        HttpServletRequest asked = (HttpServletRequest) request;
        reached = asked;
        answer = question != null && question.test(asked);
    }

    /** The request that reached it; a benchmark of anything else would tell nothing. */
    HttpServletRequest reached() {
        HttpServletRequest request = reached;
        if (request == null) {
            throw new IllegalStateException("the filter has not let the request pass");
        }
        return request;
    }

    /** What the request said. */
    boolean answer() {
        reached();
        return answer;
    }
}
