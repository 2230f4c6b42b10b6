package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The built-in pages: self-contained, without scripts but for one line, everything from outside escaped. */
final class Page {

    private static final String STYLE = """
      :root{color-scheme:light dark}
      body{font:1.05rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}
      h1{font-size:1.5rem;line-height:1.25}
      a.button,button{display:inline-block;margin:.5rem 0;padding:.6rem 1.2rem;border:0;border-radius:.4rem;\
      background:#0b57d0;color:#fff;font:inherit;text-decoration:none}
      .quiet{opacity:.75;font-size:.9rem}
      blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid #8888}
      """;

    private static final String STYLE_ALONE =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; base-uri 'none'";

    private static final String NO_FRAMES = "; frame-ancestors 'none'";

    /** Nothing may load, run, frame or be sent; the one style is known by its hash. */
    static final String CONTENT_SECURITY_POLICY = STYLE_ALONE + "; form-action 'none'" + NO_FRAMES;

    private static final String LAYOUT = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      %s<title>%s</title>
      <style>%s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      %s
      </main>
      </body>
      </html>
      """;

    /** Lets browsers without Fetch Metadata say, on the click, that it came from this very page. */
    private static final String TELL_OWN_ORIGIN = "<meta name=\"referrer\" content=\"same-origin\">\n";

    private Page() {}

    /**
     * A link in a page.
     *
     * @param address where it leads
     * @param text what it says
     */
    record Link(String address, String text) {
        String html() {
            return "<p><a class=\"button\" href=\"" + escape(address) + "\">" + escape(text) + "</a></p>\n";
        }
    }

    /** Tells a failure, with its code and the reference under which it stands in the log. */
    static String failure(AuthFailure failure, String reference, Link link) {
        String providerMessage = failure.providerMessage();
        String quote = providerMessage == null
                ? ""
                : "<p>The provider says:</p>\n<blockquote>" + escape(providerMessage) + "</blockquote>\n";
        return layout(
                "",
                failure.reason().explanation(),
                quote
                        + link.html()
                        + "<p class=\"quiet\">Error code: <code>"
                        + failure.reason().code()
                        + "</code><br>Reference: <code>"
                        + escape(reference)
                        + "</code></p>");
    }

    /** Asks whether to sign out; a link, since form-action policies reach to the provider. */
    static String logout(String logoutAddress) {
        return layout(
                TELL_OWN_ORIGIN,
                "Do you want to sign out?",
                new Link(logoutAddress, "Sign out").html()
                        + "<p class=\"quiet\">Another page led here. If you did not ask to sign out, just close"
                        + " this page: you are still signed in.</p>");
    }

    /** Goes on to an address by itself, and without scripts. */
    static String goingOn(String address) {
        return layout(
                "<meta http-equiv=\"refresh\" content=\"0;url=" + escape(address) + "\">\n",
                "One moment …",
                new Link(address, "Continue").html());
    }

    /** Asks to send a form again, once the user is signed in. */
    static String askingToSendAgain(String page) {
        return layout(
                "",
                "Please send it again.",
                "<p>You were not signed in when you sent the form, so nothing of it has arrived. You are signed in"
                        + " now.</p>\n"
                        + new Link(page, "Back to the page").html());
    }

    /** Sends a form by itself, or by a button where there are no scripts. */
    static String sending(PageForm form, String nonce) {
        return sending(form, nonce, "");
    }

    /** Sends a form with one field, to which the browser adds the part of its own address that servers do not see. */
    static String fetchingFragment(PageForm form, String nonce) {
        return sending(form, nonce, "document.querySelector(\"#form input\").value+=location.hash;");
    }

    private static String sending(PageForm form, String nonce, String first) {
        // Fields may be called anything, "submit" too, and would stand in the place of the form's own method.
        return layout(
                "",
                "One moment …",
                form.html()
                        + "<script nonce=\"" + nonce + "\">" + first
                        + "HTMLFormElement.prototype.submit.call(document.getElementById(\"form\"))</script>");
    }

    /**
     * The policy of a page that sends a form. It may go anywhere, as what is answered to it may be a
     * redirect to the provider, which {@code form-action} would hold up; the page has no other.
     */
    static String sendingPolicy(String nonce) {
        return STYLE_ALONE + "; script-src 'nonce-" + nonce + "'" + NO_FRAMES;
    }

    private static String layout(String head, String title, String body) {
        return LAYOUT.formatted(head, escape(title), STYLE, escape(title), body);
    }

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                // In an attribute, browsers make one kind of line break out of every other.
                case '\r' -> out.append("&#13;");
                case '\n' -> out.append("&#10;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256", e);
        }
    }
}
