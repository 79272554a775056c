package io.longcast.model.dl4j.configured;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rates of a configuration, constant or scheduled, times a factor of each step. An
 * updater without a rate (AdaDelta) stays as it is.
 */
final class ScaledRate {
  private double factor = 1;

  /** Takes over the rates of a network. */
  static ScaledRate of(MultiLayerNetwork network) {
    ScaledRate rate = new ScaledRate();
    Set<IUpdater> updaters = Collections.newSetFromMap(new IdentityHashMap<>());
    BaseMultiLayerUpdater<?> all = (BaseMultiLayerUpdater<?>) network.getUpdater();
    for (UpdaterBlock block : all.getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        updaters.add(part.getLayer().getConfig().getUpdaterByParam(part.getParamName()));
      }
    }
    updaters.stream().filter(IUpdater::hasLearningRate).forEach(rate::takeOver);
    return rate;
  }

  private void takeOver(IUpdater updater) {
    updater.setLrAndSchedule(Double.NaN, new Times(updater.clone(), this));
  }

  /** Sets the factor of the next step. */
  void factor(double value) {
    factor = value;
  }

  /** The rate of an updater as it was, times the factor. */
  private record Times(IUpdater updater, ScaledRate rate) implements ISchedule {
    private static final long serialVersionUID = 1L;

    @Override
    public double valueAt(int iteration, int epoch) {
      return rate.factor * updater.getLearningRate(iteration, epoch);
    }

    @Override
    public ISchedule clone() {
      return this;
    }
  }
}
