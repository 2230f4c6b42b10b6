package io.github.pkceauth.config;

/**
 * What holds for some paths of the application.
 *
 * @param pattern which: {@code /}, an exact path, {@code /prefix/*} or {@code *.ext}
 * @param rule what holds for them
 * @param <T> the kind of rule
 */
public record PathRule<T>(String pattern, T rule) {}
