// SPDX-License-Identifier: MIT

/**
 * What runs the races, and what they share.
 *
 * <p>A race is two threads that meet in one protocol, over and over, on the real code and on copies
 * of it with a mistake each. The races are in the packages of what they attack.
 */
package io.minilibuv.stress;
