/**
 * Simple forecasters that need no training, behind the interface of the network. In: windows. Out:
 * points, and normal quantiles from the spread of the residuals inside the context.
 *
 * <p>Always holds: a forecast depends on its own context alone; left padding is never read; points
 * and quantiles are finite for finite contexts of at least one value.
 */
package io.longcast.model.baseline;
