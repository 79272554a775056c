/**
 * Time and numbers. Timestamps and packed floats come in; frequencies, grids, segments and calendar
 * covariates go out. Always holds: time is UTC inside and days, months and clock times are counted
 * in the zone of the grid; a segment's values are never NaN, {@code observed} says which are real;
 * a segment knows where in its series it lies. JDK only.
 */
package io.longcast.series;
