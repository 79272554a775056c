/**
 * Losses over the scaled outputs of a network, and how outputs become forecasts. In: {@link
 * io.longcast.model.network.loss.Outputs}. Out: the summed loss and, in the same arrays, its
 * gradients. Always holds: targets of weight 0 change nothing; quantiles ascend with their level.
 */
package io.longcast.model.network.loss;
