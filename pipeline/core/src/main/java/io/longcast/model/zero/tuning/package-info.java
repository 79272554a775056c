/**
 * Training that starts from the pretrained network.
 *
 * <p>In: windows of the series at hand. Out: parameters of the same network. Always holds: without
 * an update the forecasts are those of the network in the jar.
 */
package io.longcast.model.zero.tuning;
