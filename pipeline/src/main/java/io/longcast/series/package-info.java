/** Time and numbers: frequency, grid, calendar, packed float series. JDK only. */
package io.longcast.series;
