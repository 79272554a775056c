/**
 * Seeded sample data with labels: fleets of sensors, energy loads, stock panels, weather stations,
 * patients and network links.
 *
 * <p>In: a {@link io.longcast.generate.GenerateSpec}. Out: an observations table, a table of
 * labelled intervals, and on request the same observations as a dirty table of text.
 *
 * <p>What always holds: a series is a pure function of (seed, series number), computed step by step
 * in constant memory, so that any partitioning and any cluster give the same rows; nothing is
 * computed on the driver; labels are known without generating the values.
 */
package io.longcast.generate;
