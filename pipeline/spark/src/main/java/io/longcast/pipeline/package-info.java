/**
 * From prepared series to a trained model and from a model to forecasts, classes and anomalies:
 * what the public API and the command line share. Nothing here writes a table or promotes a model.
 */
package io.longcast.pipeline;
