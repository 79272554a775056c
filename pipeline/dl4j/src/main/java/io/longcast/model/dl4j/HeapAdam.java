package io.longcast.model.dl4j;

import io.longcast.model.ModelSpec.Updater;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * DL4J's Adam in one Java loop over heap arrays, on the network's own parameters and updater state,
 * which are read before and written after each update: nd4j's calls took a fifth of a small step.
 * It applies where one Adam, with any schedule, serves all parameters and nothing else touches the
 * gradient.
 */
final class HeapAdam implements StepUpdate {
  private final MultiLayerNetwork network;
  private final Adam rule;
  private final io.longcast.model.network.Adam loop;
  private final float[] state;

  private HeapAdam(MultiLayerNetwork network, Adam rule) {
    this.network = network;
    this.rule = rule;
    this.loop =
        new io.longcast.model.network.Adam(
            new Updater(rule.getBeta1(), rule.getBeta2(), rule.getEpsilon(), Double.MAX_VALUE));
    this.state = new float[2 * Math.toIntExact(network.numParams())];
  }

  static Optional<StepUpdate> of(MultiLayerNetwork network) {
    if (!(network.getUpdater() instanceof BaseMultiLayerUpdater<?> updater)
        || updater.getUpdaterBlocks().size() != 1) {
      return Optional.empty();
    }
    UpdaterBlock block = updater.getUpdaterBlocks().get(0);
    if (block.getParamOffsetEnd() != network.numParams()) {
      return Optional.empty();
    }
    return block.getLayersAndVariablesInBlock().stream().allMatch(HeapAdam::isPlain)
        ? Optional.of(new HeapAdam(network, rule(block)))
        : Optional.empty();
  }

  private static boolean isPlain(ParamState part) {
    TrainingConfig conf = part.getLayer().getConfig();
    return conf.getUpdaterByParam(part.getParamName()).getClass() == Adam.class
        && conf.getGradientNormalization() == GradientNormalization.None
        && isEmpty(conf.getRegularizationByParam(part.getParamName()));
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }

  private static Adam rule(UpdaterBlock block) {
    ParamState part = block.getLayersAndVariablesInBlock().get(0);
    return (Adam) part.getLayer().getConfig().getUpdaterByParam(part.getParamName());
  }

  @Override
  public void apply(float[] parameters, float[] gradient, double scale, int batch) {
    INDArray view = network.getUpdater().getStateViewArray();
    HeapCopy.read(view, state, 0);
    int iteration = network.getIterationCount();
    double rate = rule.getLearningRate(iteration, network.getEpochCount());
    double share = network.conf().isMiniBatch() ? scale / batch : scale;
    loop.update(parameters, state, gradient, share, iteration, rate);
    HeapCopy.write(state, 0, view);
    HeapCopy.write(parameters, 0, network.params());
  }
}
