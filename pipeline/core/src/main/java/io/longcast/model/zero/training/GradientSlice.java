package io.longcast.model.zero.training;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.zero.network.ZeroBatch;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import java.util.Arrays;

/** One part of every batch: its series, its replica of the network, its gradient. */
final class GradientSlice {
  private final PretrainSpec spec;
  private final TrainingSample sample;
  private final ZeroBatch batch;
  private final ZeroNetwork network;
  private final Targets targets;
  private final float[] dQuantiles;
  private final float[] gradient;

  GradientSlice(PretrainSpec spec, Backend backend) {
    this.spec = spec;
    int series = spec.sliceSize();
    sample = new TrainingSample(spec);
    batch = new ZeroBatch(series, PretrainSpec.CONTEXT_STEPS);
    network =
        new ZeroNetwork(spec.shape(), series, PretrainSpec.CONTEXT_STEPS, spec.origins(), backend);
    int places = series * spec.origins();
    targets = new Targets(places);
    dQuantiles = new float[places * ZeroShape.BLOCK * ZeroShape.LEVEL_COUNT];
    gradient = new float[network.layout().length()];
  }

  ZeroNetwork network() {
    return network;
  }

  /** Of the sum of the losses. */
  float[] gradient() {
    return gradient;
  }

  Targets targets() {
    return targets;
  }

  /**
   * Draws series, forecasts from some of their steps and computes the loss.
   *
   * @param seeds gives the seed of each series
   */
  private void forward(float[] parameters, int[] origins, SeriesSeeds seeds) {
    batch.begin(spec.sliceSize(), PretrainSpec.CONTEXT_STEPS);
    for (int i = 0; i < spec.sliceSize(); i++) {
      sample.draw(seeds.of(i), batch, i, origins, targets);
    }
    network.load(parameters);
    int places = spec.sliceSize() * origins.length;
    targets.loss(places, network.forward(batch, origins), dQuantiles);
  }

  /** The loss and its gradient. */
  void run(float[] parameters, int[] origins, SeriesSeeds seeds) {
    forward(parameters, origins, seeds);
    Arrays.fill(gradient, 0f);
    network.backward(batch, dQuantiles, gradient);
  }

  /** The loss alone. */
  void evaluate(float[] parameters, int[] origins, SeriesSeeds seeds) {
    forward(parameters, origins, seeds);
  }
}
