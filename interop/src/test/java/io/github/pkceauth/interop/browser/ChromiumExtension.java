package io.github.pkceauth.interop.browser;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Hands one Chromium from test to test, each time as if it were new. Where it is not installed, the tests
 * are skipped; under {@code CI=true} they fail.
 */
final class ChromiumExtension implements ExecutionCondition, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(ChromiumExtension.class);

    private Chromium browser;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Installed.missing()
                .filter(missing -> !"true".equals(System.getenv("CI")))
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("Chromium is needed"));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Installed.missing().ifPresent(missing -> {
            throw new AssertionError("Under CI=true nothing is skipped, and " + missing);
        });
        browser = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
        browser.beginAnew();
    }

    Chromium browser() {
        return browser;
    }
}
