/**
 * DL4J around the kernels: layers, the forecasting network as a {@code MultiLayerNetwork}, and its
 * file. Flat vectors and windows come in; DL4J's types stay inside and at the trainer's door.
 */
package io.longcast.model.dl4j;
