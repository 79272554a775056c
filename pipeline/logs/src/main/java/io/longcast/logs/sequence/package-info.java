/**
 * Sessions of log keys: which of them depart from the normal ones, where, and what was expected.
 *
 * <p>In: normal sessions as arrays of key numbers, distinct ones with their counts. Out: checks
 * that say of a new session where it departs first and why.
 *
 * <p>What always holds: everything is fitted on the normal sessions alone; the result does not
 * depend on their order; a key that was never seen is {@link
 * io.longcast.logs.sequence.SessionSet#UNSEEN}.
 */
package io.longcast.logs.sequence;
