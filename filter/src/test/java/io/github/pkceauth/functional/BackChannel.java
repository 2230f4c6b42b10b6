package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;

/** The calls of a login that its browser does not see, and what a login is told that fails at one of them. */
enum BackChannel {
    METADATA("", "/.well-known/openid-configuration", "metadata_invalid") {
        @Override
        JsonEndpoint of(ScriptedProvider provider) {
            return provider.metadata();
        }

        @Override
        Page assertLoginRefused(Scene scene, String code) {
            return scene.assertNoLoginBegins(statusOf(code), code);
        }
    },
    JWKS("jwks_uri", ScriptedProvider.JWKS, "provider_unreachable") {
        @Override
        JsonEndpoint of(ScriptedProvider provider) {
            return provider.jwks();
        }
    },
    TOKEN("token_endpoint", ScriptedProvider.TOKEN, "token_response_invalid") {
        @Override
        JsonEndpoint of(ScriptedProvider provider) {
            return provider.token();
        }
    },
    USERINFO("userinfo_endpoint", ScriptedProvider.USERINFO, "userinfo_invalid") {
        @Override
        JsonEndpoint of(ScriptedProvider provider) {
            return provider.userinfo();
        }
    };

    /** The member of the metadata that names it; empty for the metadata themselves. */
    final String member;

    final String path;

    /** The error code for an answer that came whole but cannot be used. */
    final String unusable;

    BackChannel(String member, String path, String unusable) {
        this.member = member;
        this.path = path;
        this.unusable = unusable;
    }

    abstract JsonEndpoint of(ScriptedProvider provider);

    /** A login that fails here comes to nothing in every respect, and a code was sent once at most. */
    Page assertLoginRefused(Scene scene, String code) {
        return scene.assertLoginRefused(statusOf(code), code, 1);
    }

    static int statusOf(String code) {
        return code.equals("provider_unreachable") ? 503 : 502;
    }
}
