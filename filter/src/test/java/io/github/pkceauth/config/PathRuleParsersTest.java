package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRuleParsersTest {

    private static final String FORMS = " is none of the forms: /, /an/exact/path, /prefix/*, *.ext";

    private static final String NO_ROLES =
            " is no pattern with something behind it; write /admin/* admin; /reports/* auditor admin";
    private static final String NO_REQUIREMENTS =
            " is no pattern with something behind it; write /payments/* acr=gold max_age=300; /admin/* max_age=600";
    private static final String LONG_EXTENSION =
            "'*.tar.gz' would hold for no path, since an extension is what stands behind the last dot; write that";
    private static final String NEITHER =
            " is neither acr=… nor authorization_details=… nor, once, max_age=… in seconds";
    private static final String SECONDS = "write max_age as a whole number of seconds up to 315360000";
    private static final String CLASSES =
            "write authentication context classes separated by spaces, without commas or quotes";

    @Test
    void rolesAreThoseBehindAPattern() throws Exception {
        assertEquals(
                List.of(
                        new PathRule<>("/admin/*", Set.of("admin")),
                        new PathRule<>("/reports/*", Set.of("auditor", "admin")),
                        new PathRule<>("/", Set.of("a:b/c")),
                        new PathRule<>("/*", Set.of("user")),
                        new PathRule<>("*.pdf", Set.of("reader"))),
                PathRuleParsers.roles(
                        " /admin/*  admin;/reports/* auditor admin\n;\t/ a:b/c; /* user user; *.pdf reader ; "));
    }

    @Test
    void requirementsAreThoseBehindAPattern() throws Exception {
        assertEquals(
                List.of(
                        rule("/payments/*", "gold", 300),
                        rule("/admin/*", "", 600),
                        rule("/both", "urn:example:gold silver", 0),
                        rule("*.pdf", "a=b", -1)),
                PathRuleParsers.stepUp("/payments/* acr=gold max_age=300; /admin/* max_age=600;"
                        + " /both max_age=0 acr=urn:example:gold acr=silver; *.pdf acr=a=b"));
    }

    private static PathRule<AuthenticationRequirements> rule(String pattern, String acr, long maxAge) {
        return new PathRule<>(pattern, new AuthenticationRequirements(acr, maxAge));
    }

    private static Stream<Arguments> mistakesWithRoles() {
        return Stream.of(
                arguments("", "''" + NO_ROLES),
                arguments(";", "''" + NO_ROLES),
                arguments("; /a b", "''" + NO_ROLES),
                arguments("/admin/*", "'/admin/*'" + NO_ROLES),
                arguments("/a b; /admin", "'/admin'" + NO_ROLES),
                arguments("/a b,c", "write roles separated by spaces, not commas"),
                arguments("/a b, c", "write roles separated by spaces, not commas"),
                arguments("/a b; /a c", "'/a' has two rules: write one"),
                arguments("/a b; /a/ c", "'/a/' has two rules: write one"),
                arguments("*.tar.gz b", LONG_EXTENSION));
    }

    @ParameterizedTest
    @MethodSource("mistakesWithRoles")
    void rolesThatCannotBeMeantAreAMistake(String text, String mend) {
        assertEquals(mend, refused(text, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "a/b", "*", "**", "/**", "*.", "/a*", "/a/*/b", "//*", "/a//*", "admin/*", "*/a"})
    void whatIsNoPatternIsAMistake(String pattern) {
        assertEquals("'" + pattern + "'" + FORMS, refused(pattern + " x", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a//b", "/a%2Fb", "/a?b", "/a\\b", "/ä", "/a\u0000"})
    void aPathThatNoneIsIsAMistake(String pattern) {
        assertEquals(
                "write a path within the application, beginning with one /, without query, wildcard or escapes",
                refused(pattern + " x", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/./b", "/a/..", "/../*"})
    void aPathWithStepsInItIsAMistake(String pattern) {
        assertEquals("write the path without . and .. in it", refused(pattern + " x", true));
    }

    private static Stream<Arguments> mistakesWithRequirements() {
        return Stream.of(
                arguments("/a", "'/a'" + NO_REQUIREMENTS),
                arguments("/a gold", "'gold'" + NEITHER),
                arguments("/a acr=", "'acr='" + NEITHER),
                arguments("/a ACR=gold", "'ACR=gold'" + NEITHER),
                arguments("/a acr_values=gold", "'acr_values=gold'" + NEITHER),
                arguments("/a maxAge=PT5M", "'maxAge=PT5M'" + NEITHER),
                arguments("/a max_age=1 max_age=2", "'max_age=2'" + NEITHER),
                arguments("/a max_age=0 max_age=0", "'max_age=0'" + NEITHER),
                arguments("/a max_age=", SECONDS),
                arguments("/a max_age=-1", SECONDS),
                arguments("/a max_age=1.5", SECONDS),
                arguments("/a max_age=PT5M", SECONDS),
                arguments("/a max_age=315360001", SECONDS),
                arguments("/a max_age=99999999999999999999", SECONDS),
                arguments("/a acr=gold,silver", CLASSES),
                arguments("/a acr=\"gold\"", CLASSES),
                arguments("/a acr=gold\\", CLASSES),
                arguments("/a acr=gøld", CLASSES),
                arguments("/a max_age=1; /a acr=gold", "'/a' has two rules: write one"),
                arguments("*.tar.gz acr=gold", LONG_EXTENSION));
    }

    @ParameterizedTest
    @MethodSource("mistakesWithRequirements")
    void requirementsThatCannotBeMeantAreAMistake(String text, String mend) {
        assertEquals(mend, refused(text, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold,silver", "\"gold\"", "gold\\", "gøld", "a\u0007b", "a\u0000"})
    void classesThatCannotBeWrittenIntoAHeaderAreAMistake(String text) {
        assertEquals(
                CLASSES,
                assertThrows(BadValue.class, () -> PathRuleParsers.acrValues(text))
                        .getMessage());
    }

    @Test
    void classesKeepTheirOrder() throws Exception {
        assertEquals("gold urn:example:silver", PathRuleParsers.acrValues("  gold \t urn:example:silver\n"));
    }

    /** What is quoted stays on its line, and short. */
    @Test
    void aMistakeIsToldOnOneLine() {
        String told = refused("/a " + "\u2029\u202E" + "x".repeat(5000), false);

        assertTrue(told.length() < 500, told);
        assertTrue(told.indexOf('\u2029') < 0 && told.indexOf('\u202E') < 0, told);
    }

    private static String refused(String text, boolean roles) {
        return assertThrows(
                        BadValue.class,
                        () -> {
                            if (roles) {
                                PathRuleParsers.roles(text);
                            } else {
                                PathRuleParsers.stepUp(text);
                            }
                        },
                        text)
                .getMessage();
    }
}
