package io.github.pkceauth.config;

import io.github.pkceauth.oidc.SealingKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads where pending logins are kept. */
final class PendingStateReader {

    private static final String COOKIE = "cookie";

    /** Base64 with either alphabet of so many bytes as a key has. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/_-]{43}=?");

    private static final String MAKE_ONE = "openssl rand -base64 32";

    private final Settings settings;
    private final Values values;
    private final Problems problems;

    PendingStateReader(Settings settings, Values values, Problems problems) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
    }

    PendingState read() {
        boolean inCookies = values.orDefault(Param.LOGIN_STATE, Parsers.oneOf(Set.of("session", COOKIE)), "session")
                .equals(COOKIE);
        Optional<SealingKeys> keys = values.optional(Param.COOKIE_KEY, PendingStateReader::keys);
        Optional<Setting> key = settings.get(Param.COOKIE_KEY);
        if (inCookies) {
            if (key.isEmpty()) {
                problems.missing(
                        Param.COOKIE_KEY,
                        "loginState=cookie needs a key that all nodes of the application share, as made by: "
                                + MAKE_ONE);
            }
            refuseForms();
        } else {
            key.filter(setting -> !setting.value().isBlank())
                    .ifPresent(setting -> problems.add(
                            setting, "only loginState=cookie has a use for it: set that, or remove cookieKey"));
        }
        return new PendingState(keys.filter(made -> inCookies));
    }

    private void refuseForms() {
        settings.get(Param.REPLAY_POST)
                .filter(setting -> setting.value().equals("true"))
                .ifPresent(setting -> problems.add(
                        setting,
                        "the fields of a form do not fit into a cookie: remove replayPost, or loginState=cookie"));
    }

    private static SealingKeys keys(String text) throws BadValue {
        List<byte[]> keys = new ArrayList<>();
        for (String word : Parsers.words(text)) {
            keys.add(key(word));
        }
        if (keys.size() > 2) {
            throw new BadValue("write one key, or two while the second is going out of use");
        }
        if (keys.size() == 2 && Arrays.equals(keys.get(0), keys.get(1))) {
            throw new BadValue("both keys are the same; make the first anew, by: " + MAKE_ONE);
        }
        return new SealingKeys(keys);
    }

    private static byte[] key(String word) throws BadValue {
        if (!KEY.matcher(word).matches()) {
            throw new BadValue("write base64 of exactly " + SealingKeys.BYTES + " random bytes, as made by: " + MAKE_ONE
                    + "; and two of them, with a space between, to change keys");
        }
        byte[] key = Base64.getDecoder().decode(word.replace('-', '+').replace('_', '/'));
        byte[] monotonous = new byte[key.length];
        Arrays.fill(monotonous, key[0]);
        if (Arrays.equals(key, monotonous)) {
            throw new BadValue("the key is one byte over and over, which anybody can guess; make one by: " + MAKE_ONE);
        }
        return key;
    }
}
