/**
 * The forecast network as an ONNX model.
 *
 * <p>In: a network and its parameters. Out: the bytes of an ONNX file with one graph that scales
 * raw windows, runs the network and scales the forecasts back. Always holds: the graph gives the
 * forecasts of {@link io.longcast.model.network.NetworkForecaster} up to the rounding of floats;
 * what cannot be written is refused by name. The messages of the file are the classes that ND4J
 * generated from ONNX's own description.
 */
package io.longcast.model.dl4j.onnx;
