package io.github.pkceauth.interop.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.OutputType;

/** Takes the pictures of docs/pages.md; see CONTRIBUTING. */
@EnabledIfSystemProperty(named = "docs.screenshots", matches = ".+", disabledReason = "makes pictures for the docs")
class ScreenshotsIT extends InChromium {

    @ParameterizedTest
    @EnumSource(OwnPage.class)
    void inTheLight(OwnPage page) throws IOException {
        take(page, "", 900, 560, "light");
    }

    @Test
    void inTheDark() throws IOException {
        take(OwnPage.SIGN_OUT, "-dark", 900, 560, "dark");
    }

    @Test
    void onAPhone() throws IOException {
        take(OwnPage.ERROR, "-phone", 390, 700, "light");
    }

    private void take(OwnPage page, String variant, int width, int height, String scheme) throws IOException {
        page.show(this);
        browser()
                .command(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser()
                .command(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        String name = "page-" + page.name().toLowerCase(Locale.ROOT).replace('_', '-') + variant + ".png";
        Files.write(Path.of("..", "docs", "images", name), browser().getScreenshotAs(OutputType.BYTES));
    }
}
