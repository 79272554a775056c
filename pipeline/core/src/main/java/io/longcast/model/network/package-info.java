/**
 * The forecasting network over plain arrays: windows in raw units come in; losses, gradients and
 * forecasts in raw units go out. JDK only, on the kernels of {@code model.recurrent}.
 *
 * <p>Always holds: parameters and gradients are flat vectors described by one {@link
 * io.longcast.model.network.ParameterLayout}; no step allocates once the arrays have grown to the
 * batch; the same numbers in give the same bits out.
 */
package io.longcast.model.network;
