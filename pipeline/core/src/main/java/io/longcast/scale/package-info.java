/**
 * Scaling of windows. The raw values of a context come in, a {@link io.longcast.scale.Scale} goes
 * out, which maps values to network units and back. Always holds: coming back gives the value up to
 * rounding, the spread is above 0, nothing depends on the unit of the data, and only observed
 * values before the origin count. JDK only.
 */
package io.longcast.scale;
