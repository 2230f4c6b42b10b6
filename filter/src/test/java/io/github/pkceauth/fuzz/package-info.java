/**
 * What the fuzz tests share. Each stands beside what it fuzzes and is called {@code …FuzzTest}; its seeds are in the
 * resources, in a folder named after the class and the method. Every build replays the seeds; the Maven profile {@code
 * fuzz} makes up new inputs out of them.
 */
@NullMarked
package io.github.pkceauth.fuzz;

import org.jspecify.annotations.NullMarked;
