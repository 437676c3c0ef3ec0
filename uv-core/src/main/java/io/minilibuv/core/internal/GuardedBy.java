// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the lock that a field needs, or that a method's caller holds. It tells the reader and
 * checks nothing. The annotations that tools check stay in the class files, and a user who compiles
 * with all warnings would be told of each that its class is missing; this one is in the sources
 * only.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface GuardedBy {
  /** The lock's field. */
  String value();
}
