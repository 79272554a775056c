/** Scalers per window and per series: invertible, with mergeable state. JDK only. */
package io.longcast.scale;
