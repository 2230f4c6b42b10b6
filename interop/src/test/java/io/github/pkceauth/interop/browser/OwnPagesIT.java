package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter's own pages as Chromium shows them under their policy. */
class OwnPagesIT extends InChromium {

    @ParameterizedTest
    @EnumSource(OwnPage.class)
    void theBrowserHasNothingToComplainOf(OwnPage page) {
        page.show(this);

        assertEquals(
                List.of(),
                browser().console().stream()
                        // What the provider lacks is none of the filter's.
                        .filter(line -> !line.contains("/favicon.ico"))
                        .filter(line -> !page.isItsStatus(line))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(OwnPage.class)
    void itsStyleApplies(OwnPage page) {
        page.show(this);

        assertEquals("rgb(11, 87, 208)", style("a.button, button", "background-color"));
        assertEquals("544px", style("body", "max-width"));
    }

    private Object style(String element, String property) {
        return browser()
                .executeScript(
                        "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue(arguments[1])",
                        element,
                        property);
    }
}
