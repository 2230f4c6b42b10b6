package io.github.pkceauth.interop.browser;

import io.github.pkceauth.testkit.App;

/** Each of the filter's own pages, and how a user comes to see it. */
enum OwnPage {
    /** A login that has failed. */
    ERROR(403) {
        @Override
        void show(InChromium test) {
            test.provider().authorization().answersError("access_denied", "Your account is locked.");
            App app = test.start();
            test.browser().get(app.url("/page"));
            test.browser().awaitText("Try again");
        }
    },
    /** A sign-out that another site may have asked for. */
    SIGN_OUT(200) {
        @Override
        void show(InChromium test) {
            App app = test.start();
            test.signIn(app, "/page");
            test.pages().page("/public/elsewhere", "<a href='" + app.url("/logout") + "'>Go</a>");
            test.browser().get(app.urlAt("127.0.0.1", "/public/elsewhere"));
            test.browser().press("Go");
            test.browser().awaitText("Do you want to sign out?");
        }
    },
    /** A form that came after the session had ended, and is not kept. */
    SEND_AGAIN(200) {
        @Override
        void show(InChromium test) {
            test.send(test.start(), "<form method=post action=/save>");
            test.browser().press(InChromium.SIGN_IN);
            test.browser().awaitText("Please send it again.");
        }
    },
    /** A form that cannot be kept where forms are. */
    NOT_KEPT(401) {
        @Override
        void show(InChromium test) {
            test.send(
                    test.start(test.describe().filterParam("replayPost", "true")),
                    "<form method=post action=/save enctype=multipart/form-data>");
            test.browser().awaitText("could not be kept");
        }
    },
    /** A form on its way, where pages cannot send it by themselves. */
    SENDING(200) {
        @Override
        void show(InChromium test) {
            test.provider().withLoginForm();
            App app = test.start(test.describe().sameSite("Lax").filterParam("responseMode", "form_post"));
            test.browser().get(app.url("/page"));
            test.browser().disableScripts();
            test.browser().press(InChromium.SIGN_IN);
            // The provider's own page sends itself by a script, too.
            test.browser().submitForm();
            test.browser().awaitText("One moment");
        }
    };

    private final int status;

    OwnPage(int status) {
        this.status = status;
    }

    /** Goes to it as a user would. */
    abstract void show(InChromium test);

    /** Chromium notes each page whose status tells of a failure. */
    boolean isItsStatus(String line) {
        return status >= 400 && line.contains("the server responded with a status of " + status);
    }
}
