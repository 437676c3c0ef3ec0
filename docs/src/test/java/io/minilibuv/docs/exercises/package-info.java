// SPDX-License-Identifier: MIT

/** Solutions of the exercises in the pages, as tests; one class for each page. */
package io.minilibuv.docs.exercises;
