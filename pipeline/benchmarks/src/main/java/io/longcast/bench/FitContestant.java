package io.longcast.bench;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network through DL4J's own fit and output, batches made INDArrays beforehand. */
final class FitContestant implements KernelContestant {
  private final String name;
  private final KernelWorkload w;
  private final MultiLayerNetwork network;
  private final INDArray[] x = new INDArray[KernelData.BATCHES];
  private final INDArray[] y = new INDArray[KernelData.BATCHES];

  FitContestant(String name, KernelWorkload w, MultiLayerNetwork network, KernelData data) {
    this.name = name;
    this.w = w;
    this.network = network;
    for (int i = 0; i < x.length; i++) {
      long[] shape = {w.batch, w.steps, w.features};
      x[i] = Nd4j.create(data.x[i], shape, 'c').permute(0, 2, 1).dup('f');
      y[i] = Nd4j.create(data.y[i], new long[] {w.batch, KernelWorkload.HORIZON}, 'c');
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Speed run(boolean training, double seconds) {
    return training
        ? TimedLoop.run(i -> network.fit(x[i & 7], y[i & 7]), w.batch, seconds)
        : TimedLoop.run(i -> network.output(x[i & 7]), w.batch, seconds);
  }
}
