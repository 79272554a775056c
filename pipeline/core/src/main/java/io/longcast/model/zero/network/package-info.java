/**
 * The pretrained network, forward and backward, and what it reads of a series.
 *
 * <p>In: series and their seasons; flat parameters. Out: nine quantiles of the next 48 values from
 * any steps; gradients. Always holds: what is read at a step comes from values before its end; the
 * forecast of a series does not depend on the others in its batch.
 */
package io.longcast.model.zero.network;
