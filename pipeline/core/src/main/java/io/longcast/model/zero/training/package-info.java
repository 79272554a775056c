/**
 * Training of the pretrained network on synthetic series.
 *
 * <p>In: a {@code PretrainSpec}. Out: checkpoints, and the averaged weights. Always holds: the spec
 * decides the bits, on the same numerics; threads and resuming do not.
 */
package io.longcast.model.zero.training;
