package io.longcast.model.dl4j.configured;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.model.dl4j.NetworkClasses;
import io.longcast.settings.SettingException;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A {@code MultiLayerConfiguration} that was checked to forecast so many steps: which classes it
 * names, its output layer, loss and kind of training. What depends on the data is checked by {@link
 * ConfiguredNetwork#requireFits}.
 */
public final class ForecastConfiguration {
  /** The setting that holds it. */
  static final String KEY = "model.dl4j.configuration";

  /** How messages begin. */
  static final String SUBJECT = "cannot use the DL4J configuration: ";

  private static final List<String> PACKAGES =
      List.of("org.deeplearning4j.nn.", "org.nd4j.linalg.", "io.longcast.model.dl4j.");
  private static final Set<Class<?>> LOSSES =
      Set.of(LossL1.class, LossL2.class, LossMAE.class, LossMSE.class);

  private final MultiLayerConfiguration layers;
  private final OutputForm form;

  private ForecastConfiguration(MultiLayerConfiguration layers, OutputForm form) {
    this.layers = layers;
    this.form = form;
  }

  /**
   * Reads and checks.
   *
   * @param json as {@code MultiLayerConfiguration.toJson} writes it
   * @param horizon steps to forecast
   * @throws SettingException naming what does not fit and what would
   */
  public static ForecastConfiguration read(String json, int horizon) {
    MultiLayerConfiguration layers = parsed(json);
    requireTraining(layers);
    int last = layers.getConfs().size() - 1;
    return new ForecastConfiguration(layers, form(layers.getConf(last).getLayer(), horizon));
  }

  private static MultiLayerConfiguration parsed(String json) {
    JsonNode tree =
        NetworkClasses.checked(
            json, ForecastConfiguration::isAdmitted, ForecastConfiguration::refused);
    if (tree.path("confs").isEmpty()) {
      throw refused("it has no layers (confs)");
    }
    try {
      return MultiLayerConfiguration.fromJson(tree.toString());
    } catch (RuntimeException e) {
      throw new SettingException(
          KEY, SUBJECT + "it is no MultiLayerConfiguration: " + e.getMessage(), e);
    }
  }

  private static boolean isAdmitted(String name) {
    return PACKAGES.stream().anyMatch(name::startsWith);
  }

  private static void requireTraining(MultiLayerConfiguration layers) {
    if (layers.getBackpropType() != BackpropType.Standard) {
      throw refused(
          "backpropType must be Standard, found "
              + layers.getBackpropType()
              + ": DL4J makes an update every few steps of a sequence, and only its last ones have"
              + " labels");
    }
    for (NeuralNetConfiguration conf : layers.getConfs()) {
      if (conf.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
        throw refused(
            "optimizationAlgo must be STOCHASTIC_GRADIENT_DESCENT, found "
                + conf.getOptimizationAlgo());
      }
      if (conf.getDataType() != DataType.FLOAT) {
        throw refused("dataType must be FLOAT, found " + conf.getDataType());
      }
    }
  }

  private static OutputForm form(Layer last, int horizon) {
    boolean sequence = last.getClass() == RnnOutputLayer.class;
    if (!sequence && last.getClass() != OutputLayer.class) {
      throw refused(
          "its last layer must be an RnnOutputLayer or OutputLayer, found "
              + last.getClass().getSimpleName());
    }
    BaseOutputLayer output = (BaseOutputLayer) last;
    requireLoss(output);
    if (output instanceof RnnOutputLayer steps && steps.getRnnDataFormat() == null) {
      // Without it, DL4J takes the time of labels for their size.
      steps.setRnnDataFormat(RNNFormat.NCW);
    }
    if (output.getNOut() == horizon) {
      return sequence ? OutputForm.LAST_STEP : OutputForm.WHOLE_SEQUENCE;
    }
    if (sequence && output.getNOut() == 1) {
      return OutputForm.EACH_STEP;
    }
    throw new SettingException(
        List.of(KEY, "window.horizon"),
        SUBJECT
            + "its "
            + last.getClass().getSimpleName()
            + " must have nOut = "
            + horizon
            + ", the horizon"
            + (sequence ? ", or 1 for a value at each step of the horizon" : "")
            + "; found nOut = "
            + output.getNOut());
  }

  private static void requireLoss(BaseOutputLayer output) {
    if (output.getLossFn() == null || !LOSSES.contains(output.getLossFn().getClass())) {
      throw refused(
          "its loss must be one of scaled values of either sign: LossMSE, LossMAE, LossL2 or LossL1;"
              + " found "
              + output.getLossFn());
    }
    if (!(output.getActivationFn() instanceof ActivationIdentity)) {
      throw refused(
          "the activation of its output layer must be identity, as scaled values have either sign"
              + " and no bound; found "
              + output.getActivationFn());
    }
  }

  static SettingException refused(String why) {
    return new SettingException(KEY, SUBJECT + why);
  }

  /** The configuration as DL4J writes it, whatever the spelling it was read from. */
  public String json() {
    return layers.toJson();
  }

  /** DL4J's own object; a copy. */
  MultiLayerConfiguration layers() {
    return layers.clone();
  }

  /** How the outputs are the horizon's values. */
  OutputForm form() {
    return form;
  }
}
