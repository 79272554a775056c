/**
 * The alarm budget.
 *
 * <p>In: the surprisal of each step of a series, minus the logarithm of a tail probability. Out:
 * which steps belong to an event. Always holds: false events come at the budgeted rate; a surprisal
 * beyond the ceiling is never silenced by the incidents before it.
 */
package io.longcast.anomaly.alarm;
