/**
 * Weighted means of several forecasters.
 *
 * <p>In: forecasters and their errors on windows held back. Out: one forecaster. Always holds: the
 * weights are at least 0 and sum up to 1.
 */
package io.longcast.model.combination;
