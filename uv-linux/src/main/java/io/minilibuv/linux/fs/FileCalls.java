// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

/**
 * Everything of the C library that the file system stands on, so that a test can have any of it
 * fail.
 */
interface FileCalls extends PathCalls, OpenFileCalls {}
