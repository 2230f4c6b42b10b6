package io.github.pkceauth.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The check of DPoP proofs, RFC 9449 section 4.3, which lets no deviation pass. */
record DpopCheck(ScriptedProvider provider) {
    private static final long TOLERATED_SECONDS = 60;

    /** The key of the one good proof of a request at the authorization server. */
    Confirmation atAuthorizationServer(RecordedRequest request) throws DpopRefusal {
        return key(request, "", dpop().authorizationServer);
    }

    /** The key of the one good proof of a request at a resource, which goes with the access token. */
    Confirmation atResource(RecordedRequest request, String accessToken) throws DpopRefusal {
        return key(request, Sha256.of(accessToken), dpop().resourceServer);
    }

    /** A good answer, which gives out the next nonce where the provider wants them. */
    Reply withNextNonce(Reply reply, DpopNonces nonces) {
        return dpop().wantsNonces ? reply.withHeader("DPoP-Nonce", nonces.next()) : reply;
    }

    private Confirmation key(RecordedRequest request, String ath, DpopNonces nonces) throws DpopRefusal {
        List<String> headers = request.headers().all("DPoP");
        if (headers.size() != 1) {
            throw DpopRefusal.badProof(headers.size() + " proofs");
        }
        ReceivedJwt proof = parsed(headers.get(0));
        Confirmation key = Confirmation.dpop(thumbprint(proof));
        check(proof, request, ath);
        if (dpop().wantsNonces && !nonces.isGood(proof.text("nonce"))) {
            throw DpopRefusal.withoutNonce();
        }
        return key;
    }

    private void check(ReceivedJwt proof, RecordedRequest request, String ath) throws DpopRefusal {
        require(proof.text("htm").equals(request.method()), "htm is not the method");
        require(proof.text("htu").equals(provider.addressOf(request)), "htu is not the address");
        Long iat = proof.seconds("iat");
        long now = Instant.now().getEpochSecond();
        require(iat != null && Math.abs(now - iat) <= TOLERATED_SECONDS, "iat is not within a minute");
        require(
                ath.isEmpty()
                        ? !proof.claims().containsKey("ath")
                        : proof.text("ath").equals(ath),
                "ath is not the hash of the access token, or there is none here");
        boolean first = provider.honesty().assurance.isFirst("proof", proof.text("jti"));
        require(first, "no jti, or one that was used before");
    }

    private static ReceivedJwt parsed(String header) throws DpopRefusal {
        try {
            return ReceivedJwt.parse(header);
        } catch (IllegalArgumentException e) {
            throw DpopRefusal.badProof("not a signed JWT");
        }
    }

    /** That of the proof's own key, with which it must be signed. */
    @SuppressWarnings("unchecked")
    private static String thumbprint(ReceivedJwt proof) throws DpopRefusal {
        require(proof.headerText("typ").equals("dpop+jwt"), "typ is not dpop+jwt");
        if (!(proof.header().get("jwk") instanceof Map<?, ?> members)) {
            throw DpopRefusal.badProof("no jwk");
        }
        Map<String, Object> jwk = (Map<String, Object>) members;
        try {
            JWK key = JWK.parse(jwk);
            require(!key.isPrivate(), "jwk is no public key");
            require(proof.isSignedWith(jwk), "not signed with its jwk by an asymmetric algorithm");
            return key.computeThumbprint().toString();
        } catch (ParseException | JOSEException e) {
            throw DpopRefusal.badProof("jwk is no key");
        }
    }

    private static void require(boolean right, String otherwise) throws DpopRefusal {
        if (!right) {
            throw DpopRefusal.badProof(otherwise);
        }
    }

    private Dpop dpop() {
        return provider.honesty().assurance.dpop;
    }
}
