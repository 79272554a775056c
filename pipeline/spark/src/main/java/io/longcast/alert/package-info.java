/**
 * Alerts about events of {@link io.longcast.table.EventsTable}.
 *
 * <p>In: the events of a run. Out: one message to every sink when an event opens and one when it
 * closes. Always holds: a message is delivered at least once, under the same key every time; no
 * address and no secret of a sink is logged.
 */
package io.longcast.alert;
