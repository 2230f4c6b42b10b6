package io.github.pkceauth.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.config.Paths;
import io.github.pkceauth.fuzz.BrowserAddress;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Work;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an address says, and wherever it stands, a browser that follows it stays on the application's origin. */
class ReturnToFuzzTest {

    private static final Paths PATHS =
            new Paths("/callback", "/login", "/logout", "/", Optional.empty(), Optional.empty());
    private static final Set<String> OWN = Set.of("callback", "login", "logout");
    private static final List<Place> PLACES = List.of(
            new Place("", Optional.empty(), "https://app.example"),
            new Place("/app", Optional.empty(), "https://app.example/app"),
            new Place("/app", Optional.of("https://www.example.com/shop"), "https://www.example.com/shop"));

    /** How the application is deployed, and where a browser sees it. */
    private record Place(String context, Optional<String> baseUrl, String seen) {
        ReturnTo returnTo() {
            return new ReturnTo(new PublicUrl(baseUrl, Forwarding.NONE, false, PATHS.callback()), PATHS);
        }

        BrowserAddress frontPage() {
            return BrowserAddress.of(seen + "/").orElseThrow();
        }
    }

    @Fuzz
    void noAddressLeadsOffTheApplication(byte[] input) throws Exception {
        String text = new String(input, UTF_8);
        for (Place place : PLACES) {
            Targets targets = Work.bounded(input, 2_000_000, 4_000, () -> targets(place, text));
            BrowserAddress front = place.frontPage();

            assertStaysOnOrigin(place, targets.ofPage());
            assertStaysOnOrigin(place, targets.ofForm());
            BrowserAddress named = assertStaysOnOrigin(place, targets.named());
            assertTrue(isWithin(front, named), () -> "outside the application: " + targets.named());
            assertTrue(front.resolve(targets.named()).orElseThrow().sameOrigin(front), targets::named);
            assertEquals(false, isOwn(front, named), () -> "a path of the filter's own: " + targets.named());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/", "%41", "..;/", "a;b=c/", "?a=b", "#a", "[", "%2f", "\\", "é"})
    void longAddressesCostNoMoreThanTheirLength(String part) throws Exception {
        Work.linear(
                size -> "/" + part.repeat(size / part.length()), text -> PLACES.forEach(place -> targets(place, text)));
    }

    /** What comes of a text as a link to the login, as the page that was asked for, and as a form's page. */
    private record Targets(String named, String ofPage, String ofForm) {}

    private static Targets targets(Place place, String text) {
        ReturnTo returnTo = place.returnTo();
        String path = text.startsWith("/") ? text : "/" + text;
        int question = path.indexOf('?');
        PlainRequest plain = new PlainRequest(
                place.context(),
                question < 0 ? path : path.substring(0, question),
                question < 0 ? null : path.substring(question + 1),
                text);
        return new Targets(
                returnTo.named(plain.request(), text),
                returnTo.pageOf(plain.request()),
                returnTo.pageBehind(plain.request()));
    }

    private static BrowserAddress assertStaysOnOrigin(Place place, String target) {
        assertTrue(target.startsWith("/"), target);
        assertTrue(target.chars().allMatch(c -> c > ' ' && c < 0x7F), () -> "no header can carry " + target);
        BrowserAddress there = BrowserAddress.of(place.seen() + target).orElseThrow();
        assertTrue(there.sameOrigin(place.frontPage()), () -> there + " out of " + target);
        return there;
    }

    private static boolean isWithin(BrowserAddress front, BrowserAddress there) {
        int folder = front.path().size() - 1;
        return there.path().size() > folder
                && there.path().subList(0, folder).equals(front.path().subList(0, folder));
    }

    /** As servers read a path: without parameters, empty steps and escapes. */
    private static boolean isOwn(BrowserAddress front, BrowserAddress there) {
        List<String> steps = there
                .path()
                .subList(front.path().size() - 1, there.path().size())
                .stream()
                .map(step -> step.split(";", 2)[0])
                .filter(step -> !step.isEmpty())
                .toList();
        return steps.size() == 1 && OWN.contains(URLDecoder.decode(steps.get(0).replace("+", "%2B"), UTF_8));
    }
}
