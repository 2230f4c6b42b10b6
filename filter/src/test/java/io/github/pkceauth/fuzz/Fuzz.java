package io.github.pkceauth.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A property that holds for every input: replayed on the seeds in every build, fuzzed in the profile {@code fuzz}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FindingAdvice.class)
@FuzzTest
public @interface Fuzz {}
