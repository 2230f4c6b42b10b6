package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Paths;
import java.net.URI;
import java.util.Optional;

/** What of the logouts that the filter can do the provider can, too. */
final class LogoutCheck implements Check {

    @Override
    public void look(Case examined, Findings findings) {
        atProvider(examined, findings);
        if (examined.hasMetadata()) {
            backChannel(examined, examined.announced(), findings);
            frontChannel(examined.config().paths(), examined.announced(), findings);
        }
    }

    private static void atProvider(Case examined, Findings findings) {
        Optional<URI> endSession = examined.endpoint("end_session_endpoint").address();
        Optional<URI> revocation = examined.endpoint("revocation_endpoint").address();
        boolean unreadable = !examined.hasMetadata() && !examined.metadata().areGood();
        if (endSession.isPresent()) {
            findings.add(Code.END_SESSION, "logoutPath signs users out at the provider, too");
        } else if (!unreadable) {
            findings.add(
                    Code.END_SESSION_MISSING,
                    "there is no end_session_endpoint: logoutPath ends the login here, and users stay signed in at the"
                            + " provider",
                    "if the provider has such an address, write it in endSessionEndpoint");
        }
        if (revocation.isPresent()) {
            findings.add(Code.REVOCATION, "tokens are revoked at logout");
        } else if (!unreadable) {
            findings.add(
                    Code.REVOCATION_ABSENT,
                    "there is no revocation_endpoint: tokens live on until they expire by themselves");
        }
    }

    private static void backChannel(Case examined, Announced announced, Findings findings) {
        boolean isAnnounced = announced.says("backchannel_logout_supported");
        Optional<String> path = examined.config().paths().backchannelLogout();
        if (path.isPresent() && isAnnounced) {
            findings.add(
                    Code.BACKCHANNEL_LOGOUT,
                    announced.says("backchannel_logout_session_supported")
                            ? "the provider tells of sign-outs there, and of which session they are"
                            : "the provider tells of sign-outs there, and not of which session: all logins of the user"
                                    + " end here");
        } else if (path.isPresent()) {
            findings.add(
                    Code.BACKCHANNEL_LOGOUT_NOT_ANNOUNCED,
                    "backchannelLogoutPath is set, and the provider does not announce back-channel logout",
                    "register " + examined.address(path.get())
                            + " if the provider has a field for it; if not, take backchannelLogoutPath out");
        } else if (isAnnounced) {
            findings.add(
                    Code.BACKCHANNEL_LOGOUT_AVAILABLE,
                    "the provider can tell of sign-outs there: backchannelLogoutPath takes such notices");
        }
    }

    private static void frontChannel(Paths paths, Announced announced, Findings findings) {
        if (paths.frontchannelLogout().isEmpty()) {
            return;
        }
        if (announced.says("frontchannel_logout_supported")
                && announced.says("frontchannel_logout_session_supported")) {
            findings.add(
                    Code.FRONTCHANNEL_LOGOUT,
                    "the provider shows frontchannelLogoutPath in a frame, with the session's id");
        } else {
            findings.add(
                    Code.FRONTCHANNEL_LOGOUT_NOT_ANNOUNCED,
                    "frontchannelLogoutPath is set, and the provider does not announce front-channel logout with iss and"
                            + " sid, without which nobody is signed out",
                    "use backchannelLogoutPath if the provider has that; if not, take frontchannelLogoutPath out");
        }
    }
}
