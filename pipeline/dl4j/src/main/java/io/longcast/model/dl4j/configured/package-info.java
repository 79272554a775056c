/**
 * Networks of the user's own: a DL4J {@code MultiLayerConfiguration} with recurrent input as a
 * {@link io.longcast.model.NetworkDefinition}.
 *
 * <p>In: the JSON of the configuration, windows in raw units, flat vectors. Out: losses, vectors
 * and point forecasts in raw units. Always holds: windows are scaled as for the built-in network,
 * only observed targets enter the loss, and vectors, windows, seed and numerics decide every bit.
 */
package io.longcast.model.dl4j.configured;
