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
    private @Nullable ServletResponse response;
    private boolean answer;

    Application() {
        this(null);
    }

    Application(@Nullable Predicate<HttpServletRequest> question) {
        this.question = question;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse answerable) {
        HttpServletRequest asked = (HttpServletRequest) request;
        reached = asked;
        response = answerable;
        answer = question != null && question.test(asked);
    }

    /** This, with the request and the response that reached it; a benchmark of anything else would tell nothing. */
    Application reached() {
        if (reached == null || response == null) {
            throw new IllegalStateException("the filter has not let the request pass");
        }
        return this;
    }

    /** What the request said. */
    boolean answer() {
        reached();
        return answer;
    }
}
