package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.oidc.ClaimPath.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimRulesTest {

    private static final ClaimPath NAME = new ClaimPath(Source.USER, "name");
    private static final ClaimPath GROUPS = new ClaimPath(Source.USER, "groups");

    @Test
    void anIdTokenIsEnoughThatHasTheNameAndEveryRoleThatMayStandInIt() {
        ClaimRules rules = rules(NAME, GROUPS, new ClaimPath(Source.USERINFO, "more"));

        assertEquals(true, rules.satisfiedBy(claims(Map.of("name", "alice", "groups", List.of()))));
        assertEquals(false, rules.satisfiedBy(claims(Map.of("name", "alice"))));
        assertEquals(false, rules.satisfiedBy(claims(Map.of("groups", List.of()))));
    }

    @Test
    void aSourceIsNamedByTheRolesAlone() {
        ClaimRules rules = rules(NAME, new ClaimPath(Source.ACCESS_TOKEN, "roles"));

        assertEquals(true, rules.namesSource(Source.ACCESS_TOKEN));
        assertEquals(false, rules.namesSource(Source.USERINFO));
        assertEquals(false, rules.namesSource(Source.USER));
    }

    private static ClaimRules rules(ClaimPath principal, ClaimPath... roles) {
        return new ClaimRules(principal, List.of(roles), ClaimRules.UserinfoUse.AUTO);
    }

    private static Claims claims(Map<String, Object> values) {
        return new Claims(values);
    }
}
