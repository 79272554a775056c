/**
 * DL4J around the kernels: layers, the forecasting network as a {@code MultiLayerNetwork}, and its
 * file. Flat vectors and windows come in; DL4J's types are used only inside and in {@code
 * train.dl4j}.
 *
 * <p>Besides: recurrent layers of DL4J on the kernels ({@link
 * io.longcast.model.dl4j.KernelRecurrent}), conversion from and to DL4J's own, a training step that
 * goes around {@code fit}, and products by nd4j's BLAS where there is no Vector API. A network
 * trained that way stays a DL4J network: parameters and updater state lie in DL4J's own arrays.
 */
package io.longcast.model.dl4j;
