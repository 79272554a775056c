/**
 * Events and their explanation.
 *
 * <p>In: the states and surprisals of a series, step by step; its values. Out: events with
 * channels, kind, evidence and the most similar window of the past. Always holds: the description
 * of an event uses only values up to the step at which it was closed.
 */
package io.longcast.anomaly.event;
