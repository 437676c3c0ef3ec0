// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * What a loop has counted so far ({@code uv_metrics_t}).
 *
 * @param loopCount iterations, counted right before each poll phase
 * @param events events processed; those of one batch are added when all its callbacks have run
 * @param eventsWaiting those among them that were ready before the loop would have waited for them;
 *     complete only with {@link LoopOption#METRICS_IDLE_TIME}
 */
public record LoopMetrics(long loopCount, long events, long eventsWaiting) {}
