// SPDX-License-Identifier: MIT

/**
 * {@code uv cat}: open, read, write, close, one request after the other.
 *
 * <p>{@code CatByCallbacks}, {@code CatByFutures} and {@code CatByThreads} are one program, written
 * three times. {@code Cat} is what they share.
 */
@NullMarked
package io.minilibuv.examples.cat;

import org.jspecify.annotations.NullMarked;
