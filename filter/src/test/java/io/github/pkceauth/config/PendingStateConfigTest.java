package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pkceauth.oidc.SealingKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of where pending logins are kept. */
class PendingStateConfigTest {
    private static final byte[] FIRST = bytes(1);
    private static final byte[] SECOND = bytes(2);
    private static final String KEY = Base64.getEncoder().encodeToString(FIRST);
    private static final String OTHER = Base64.getEncoder().encodeToString(SECOND);

    private static final String HINT =
            "write base64 of exactly 32 random bytes, as made by: openssl rand -base64 32; and"
                    + " two of them, with a space between, to change keys";

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (251 * seed + 37 * i);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "session"})
    void pendingLoginsAreInTheSessionUnlessSaidOtherwise(String value) {
        DeploymentBuilder deployment = DeploymentBuilder.minimal();
        if (!value.isEmpty()) {
            deployment.initParam("loginState", value);
        }

        assertEquals(Optional.empty(), deployment.config().pendingState().cookieKeys());
    }

    @Test
    void oneKeyIsEnough() {
        assertKeys(KEY, FIRST);
    }

    @Test
    void eitherAlphabetOfBase64WillDoWithPaddingOrWithout() {
        byte[] key = new byte[32];
        key[0] = (byte) 0xfb;
        key[1] = (byte) 0xff;
        String standard = Base64.getEncoder().encodeToString(key);

        assertKeys(standard, key);
        assertKeys(standard.replace("=", ""), key);
        assertKeys(Base64.getUrlEncoder().encodeToString(key), key);
        assertKeys(Base64.getUrlEncoder().withoutPadding().encodeToString(key), key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s %s", "%s\n%s\n", " %s\t%s ", "%s\r\n%s\r\n"})
    void ofTwoKeysTheFirstSeals(String layout) {
        assertKeys(layout.formatted(KEY, OTHER), FIRST, SECOND);
    }

    @Test
    void theKeyMayLieInAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n\n");

        assertEquals(
                Optional.of(new SealingKeys(List.of(FIRST))),
                DeploymentBuilder.minimal()
                        .initParam("loginState", "cookie")
                        .environment("PKCE_COOKIE_KEY_FILE", file.toString())
                        .config()
                        .pendingState()
                        .cookieKeys());
    }

    private static void assertKeys(String value, byte[]... keys) {
        assertEquals(
                Optional.of(new SealingKeys(List.of(keys))),
                inCookies(value).config().pendingState().cookieKeys());
    }

    // Mistakes

    @Test
    void anUnknownPlaceIsTold() {
        assertEquals(
                "loginState = 'cookies' (init-param loginState): write one of [cookie, session]; did you mean cookie?",
                DeploymentBuilder.minimal().initParam("loginState", "cookies").problem());
    }

    @Test
    void cookiesNeedAKey() {
        assertEquals(
                "cookieKey is missing: loginState=cookie needs a key that all nodes of the application share, as made"
                        + " by: openssl rand -base64 32",
                DeploymentBuilder.minimal().initParam("loginState", "cookie").problem());
    }

    @Test
    void aKeyThatNothingUsesIsTold() {
        assertEquals(
                "cookieKey = [hidden] (init-param cookieKey): only loginState=cookie has a use for it: set that, or"
                        + " remove cookieKey",
                DeploymentBuilder.minimal().initParam("cookieKey", KEY).problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "AAECAwQFBgcICQoLDA0ODw==",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8===",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh!="
            })
    void whatIsNoKeyIsTold(String value) {
        assertEquals(
                "cookieKey = [hidden] (init-param cookieKey): " + HINT,
                inCookies(value).problem());
    }

    @ParameterizedTest
    @CsvSource({"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="})
    void aKeyThatAnybodyGuessesIsTold(String value) {
        assertEquals(
                "cookieKey = [hidden] (init-param cookieKey): the key is one byte over and over, which anybody can"
                        + " guess; make one by: openssl rand -base64 32",
                inCookies(value).problem());
    }

    @Test
    void theSameKeyTwiceIsTold() {
        assertEquals(
                "cookieKey = [hidden] (init-param cookieKey): both keys are the same; make the first anew, by: openssl"
                        + " rand -base64 32",
                inCookies(KEY + " " + KEY.replace("=", "")).problem());
    }

    @Test
    void aThirdKeyIsTold() {
        assertEquals(
                "cookieKey = [hidden] (init-param cookieKey): write one key, or two while the second is going out of"
                        + " use",
                inCookies(KEY + " " + OTHER + " " + Base64.getEncoder().encodeToString(bytes(3)))
                        .problem());
    }

    @Test
    void formsDoNotFitIntoCookies() {
        assertEquals(
                "replayPost = 'true' (init-param replayPost): the fields of a form do not fit into a cookie: remove"
                        + " replayPost, or loginState=cookie",
                inCookies(KEY).initParam("replayPost", "true").problem());
    }

    @Test
    void noReplayIsNoMistake() {
        inCookies(KEY).initParam("replayPost", "false").config();
    }

    @Test
    void theKeyIsShownToNobody() {
        ConfigReader.Reading reading = inCookies(KEY).read();

        assertFalse(reading.config().toString().contains(KEY.substring(0, 8)));
        assertFalse(reading.origins().contains(KEY.substring(0, 8)));
        assertEquals(List.of(), reading.warnings());
    }

    private static DeploymentBuilder inCookies(String key) {
        return DeploymentBuilder.minimal().initParam("loginState", "cookie").initParam("cookieKey", key);
    }
}
