package io.github.pkceauth.oidc;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form that was sent while nobody was signed in. It goes with the login that it gave rise to, and the
 * user is told of it when back from there, once.
 *
 * @param id names it among all forms
 * @param address where the user is told: path and query behind the application's base address. Where
 *     the form was going if its fields are kept, else the page that it was sent from
 * @param body its fields as they came, url-encoded, a character a byte, or null where they are not kept
 * @param since when it began to wait: for the login, and then for the user to be back
 */
public record SentForm(String id, String address, @Nullable String body, Instant since) implements Serializable {

    /** A form of which nothing is kept but that it was sent. */
    public static SentForm lost(String page, Instant now) {
        return new SentForm(RandomToken.next(), page, null, now);
    }

    /** A form whose fields are kept. */
    public static SentForm kept(String address, String body, Instant now) {
        return new SentForm(RandomToken.next(), address, body, now);
    }

    /** The same form, which begins to wait for something else. */
    public SentForm waitingFrom(Instant now) {
        return new SentForm(id, address, body, now);
    }

    /**
     * The fields of a form.
     *
     * @param charset what they are to be encoded in, so that they are sent byte for byte as they came
     * @param entries names and values, in order and as often as they came
     */
    public record Fields(Charset charset, List<Map.Entry<String, String>> entries) {}

    /**
     * The fields, none where they are not kept. Browsers do not say what a form is encoded in; what is no
     * UTF-8 is taken for windows-1252, which is as good as any other that gives the same bytes again.
     *
     * @return the fields
     * @throws IllegalArgumentException if they cannot be read such that they could be sent again
     */
    public Fields fields() {
        try {
            return fields(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            try {
                return fields(Charset.forName("windows-1252"));
            } catch (CharacterCodingException notThatEither) {
                throw new IllegalArgumentException("they are in no encoding that is known here", notThatEither);
            }
        }
    }

    private Fields fields(Charset charset) throws CharacterCodingException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        if (body != null && !body.isEmpty()) {
            for (String pair : body.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.add(Map.entry(decoded(name, charset), decoded(value, charset)));
            }
        }
        return new Fields(charset, fields);
    }

    private static String decoded(String text, Charset charset) throws CharacterCodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(escaped(text, i));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        String decoded = charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
        if (decoded.indexOf(0) >= 0) {
            throw new IllegalArgumentException("no page can hold the character 0");
        }
        return decoded;
    }

    private static int escaped(String text, int percent) {
        int high = digit(text, percent + 1);
        int low = digit(text, percent + 2);
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
        }
        return high * 16 + low;
    }

    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    }

    @Override
    public String toString() {
        return "SentForm[" + (body == null ? "lost" : "kept") + "]";
    }
}
