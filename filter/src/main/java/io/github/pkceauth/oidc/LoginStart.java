package io.github.pkceauth.oidc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a login begins for, and how it is to be made.
 *
 * @param target where the user is going: path and query behind the application's base address
 * @param form the form that the user had sent, or null
 * @param required how the user must sign in
 * @param manner which of the ways of beginning it is
 * @param hints parameters of the authorization request that nothing depends on, such as {@code login_hint}
 */
public record LoginStart(
        String target,
        @Nullable SentForm form,
        AuthenticationRequirements required,
        Manner manner,
        List<Map.Entry<String, String>> hints) {

    /** The ways of beginning a login; the state tells of them, where nothing else is left of a login. */
    public enum Manner {
        /** As nearly all do. */
        FIRST(""),
        /** In place of one that led nowhere; it will not be begun again. */
        AGAIN(".again"),
        /** Without the user's noticing, if the provider knows the user already (OpenID Connect Core 3.1.2.1, prompt none). */
        SILENT(".silent");

        private final String mark;

        Manner(String mark) {
            this.mark = mark;
        }

        /** What stands visibly behind the state. */
        String mark() {
            return mark;
        }
    }

    /** A login on the way to a page. */
    public static LoginStart to(String target) {
        return new LoginStart(target, null, AuthenticationRequirements.NONE, Manner.FIRST, List.of());
    }

    /** The same with a form that the user had sent, or none. */
    public LoginStart with(@Nullable SentForm sent) {
        return new LoginStart(target, sent, required, manner, hints);
    }

    /** The same with other requirements. */
    public LoginStart requiring(AuthenticationRequirements requirements) {
        return new LoginStart(target, form, requirements, manner, hints);
    }

    /** The same with other hints. */
    public LoginStart hinting(List<Map.Entry<String, String>> parameters) {
        return new LoginStart(target, form, required, manner, List.copyOf(parameters));
    }

    /** The same in place of one that led nowhere. */
    public LoginStart again() {
        return new LoginStart(target, form, required, Manner.AGAIN, hints);
    }

    /** The same without the user's noticing. */
    public LoginStart silently() {
        return new LoginStart(target, form, required, Manner.SILENT, hints);
    }
}
