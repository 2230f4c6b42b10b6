package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {

    private static final String NASTY = "</blockquote><script>alert('1')</script>\"&amp;%s%n";
    private static final String ESCAPED =
            "&lt;/blockquote&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;amp;%s%n";

    @Test
    void everySignThatMeansSomethingInHtmlIsEscaped() {
        assertEquals(ESCAPED, Page.escape(NASTY));
        assertEquals("plain text, é and 漢", Page.escape("plain text, é and 漢"));
        assertEquals("", Page.escape(""));
    }

    @Test
    void whateverComesFromOutsideIsEscapedInTheFailurePage() {
        AuthFailure failure = AuthFailure.fromProvider(Reason.PROVIDER_ERROR, "detail for the log", NASTY);

        String page = Page.failure(failure, NASTY, new Page.Link(NASTY, NASTY));

        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("<blockquote>" + ESCAPED + "</blockquote>"), page);
        assertTrue(page.contains("href=\"" + ESCAPED + "\">" + ESCAPED + "</a>"), page);
        assertTrue(page.contains("Reference: <code>" + ESCAPED + "</code>"), page);
    }

    @Test
    void theLogoutPageEscapesItsAddress() {
        String page = Page.logout("https://app.example/\"><script>");

        assertTrue(page.contains("href=\"https://app.example/&quot;&gt;&lt;script&gt;\""), page);
    }

    @ParameterizedTest
    @EnumSource
    void theFailurePageTellsTheUserTheExplanationTheCodeAndTheReference(Reason reason) {
        String page = Page.failure(
                new AuthFailure(reason, "detail for the log"), "ref-1", new Page.Link("https://app.example/", "Back"));

        assertTrue(page.contains("<h1>" + Page.escape(reason.explanation()) + "</h1>"), page);
        assertTrue(page.contains("<title>" + Page.escape(reason.explanation()) + "</title>"), page);
        assertTrue(page.contains("<code>" + reason.code() + "</code>"), page);
        assertTrue(page.contains("<code>ref-1</code>"), page);
        assertFalse(page.contains("detail for the log"), page);
        assertFalse(page.contains("The provider says"), page);
    }

    @Test
    void theContentSecurityPolicyKnowsTheStyleByItsHash() throws Exception {
        for (String page : new String[] {
            Page.failure(new AuthFailure(Reason.INTERNAL_ERROR, "x"), "y", new Page.Link("/", "z")), Page.logout("/")
        }) {
            Matcher style =
                    Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page);
            assertTrue(style.find(), page);
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

            assertEquals(
                    "default-src 'none'; style-src 'sha256-"
                            + Base64.getEncoder().encodeToString(hash)
                            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                    Page.CONTENT_SECURITY_POLICY);
            assertFalse(style.find(), "a second style");
            assertFalse(page.contains(" style="), "a style attribute, which the policy forbids");
        }
    }

    @Test
    void noPageLoadsOrRunsAnything() {
        String page = Page.failure(new AuthFailure(Reason.INTERNAL_ERROR, "x"), "y", new Page.Link("/", "z"))
                + Page.logout("/");

        assertFalse(Pattern.compile("<(script|img|link|iframe|form|object)|\\s(src|on\\w+)=|url\\(|@import")
                .matcher(page)
                .find());
    }
}
