package io.github.pkceauth.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Where the applications of the tests keep pending logins if they do not say it themselves: in sessions, or with {@code
 * -Dtests.loginState=cookie} in cookies.
 */
public final class LoginState {
    /** A key for cookies, as a deployment writes it. */
    public static final String COOKIE_KEY =
            Base64.getEncoder().encodeToString(Wire.utf8("a key of the tests: 32 bytes, ok"));

    private static final boolean IN_COOKIES = "cookie".equals(System.getProperty("tests.loginState"));

    private LoginState() {}

    /** Whether pending logins are in cookies where nothing else is said. */
    public static boolean isInCookies() {
        return IN_COOKIES;
    }

    /** A filter's parameters with what the run of the tests adds. */
    static Map<String, String> added(Map<String, String> params) {
        if (!IN_COOKIES || params.containsKey("loginState") || "true".equals(params.get("replayPost"))) {
            return params;
        }
        Map<String, String> all = new LinkedHashMap<>(params);
        all.put("loginState", "cookie");
        all.put("cookieKey", COOKIE_KEY);
        return all;
    }

    /** A test that is about pending logins in sessions, and makes no sense without. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Condition.class)
    public @interface OfSessions {
        /** What of it is the session's alone. */
        String value();
    }

    /** Skips, and says why. */
    static final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), OfSessions.class)
                    .filter(here -> IN_COOKIES)
                    .map(here -> ConditionEvaluationResult.disabled("pending logins are in cookies: " + here.value()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled(""));
        }
    }
}
