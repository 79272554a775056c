/**
 * Residuals, scores, the alarm budget and events.
 *
 * <p>In: segments, a model and the state found on the calibration part. Out: rows of the anomalies
 * and events tables. Always holds: the score of a step uses values up to that step only; a score is
 * one minus a tail probability, so that .999 means the same for every series and channel; an
 * unobserved value has no score and raises no alarm.
 */
package io.longcast.anomaly;
