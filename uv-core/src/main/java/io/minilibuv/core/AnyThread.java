// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what any thread may call, at any time: a method, or all methods of a type.
 *
 * <p>What does not carry it and belongs to a loop, a handle or a request is for the loop's thread
 * only, which the methods that change something check. It is kept at run time, so that tests can
 * hold the two against each other.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AnyThread {}
