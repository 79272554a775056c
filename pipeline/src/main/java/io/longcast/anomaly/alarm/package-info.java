/**
 * The alarm budget.
 *
 * <p>In: the surprise of each step of a series, minus the logarithm of a tail probability. Out:
 * which steps belong to an event. Always holds: false events come at the budgeted rate; a surprise
 * beyond the ceiling is never silenced by the incidents before it.
 */
package io.longcast.anomaly.alarm;
