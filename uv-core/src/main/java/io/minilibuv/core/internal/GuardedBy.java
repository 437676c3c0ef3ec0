// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the lock that a field needs, or that a method's caller holds. Error Prone checks it by its
 * name; it is not in the class files, so that users' compilers need not know it.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface GuardedBy {
  /** The lock's field. */
  String value();
}
