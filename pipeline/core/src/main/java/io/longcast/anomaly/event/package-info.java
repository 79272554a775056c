/**
 * Events and their explanation.
 *
 * <p>In: the verdicts and surprisals of a series, step by step; its values. Out: events with
 * channels, kind, evidence and the most similar window of the past. Always holds: what is said of
 * an event uses values up to the step that showed it to be over.
 */
package io.longcast.anomaly.event;
