/**
 * Detection: expectations, calibrated scores, the alarm budget and events.
 *
 * <p>In: series, a model and what training found usual. Out: rows of the anomalies, events and
 * detector states tables. Always holds: the score of a step uses values up to that step only; a
 * score is one minus a tail probability, so that 0.999 means the same for every series and channel;
 * a filled-in value enters no score (that values are missing has one of its own); state per series
 * is constant; the tables are the same for any partitioning.
 */
package io.longcast.anomaly;
