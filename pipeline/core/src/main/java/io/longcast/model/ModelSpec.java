package io.longcast.model;

import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Transform;
import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * What network to build (key {@code model}). A spec as the user wrote it may leave choices open
 * (period 0, patch length 0, gate seasons -1, skip seasons [0], transform {@code auto}); {@code
 * model.defaults} closes them from the data, and only a {@linkplain #isResolved() resolved} spec
 * can be built.
 *
 * @param shape how steps in become steps out; default {@code many-to-one}
 * @param cell the recurrent cell; default {@code lstm}
 * @param hiddenSize units a layer, 1 to 4096; default 64
 * @param layers recurrent layers, 1 to 16; default 1
 * @param dropout share of the state's units dropped while training, 0 to below 1; default 0.1
 * @param seasonalPeriod steps of one season, 1 for none, 0 to choose from the data; default 0
 * @param patchLength context steps folded into one recurrent step, 0 to choose (the season, or 3
 *     without one); default 0
 * @param scaling how a window is brought to unit scale
 * @param skip the linear path from the whole context to the forecast
 * @param gate the state's weights over past seasons
 * @param convolution the 1-D convolution before the recurrent layers
 * @param statics how static categories enter
 * @param output loss and quantiles
 * @param decoder of shape {@code seq2seq}
 * @param updater the optimizer's constants
 * @param dl4j a network of the user's own; of this spec it takes {@code seasonalPeriod}, {@code
 *     scaling}, {@code statics.encoding} and {@code output.quantileLevels}
 * @param pretrained a network that forecasts without training, in place of one that is trained;
 *     default {@code none}
 */
public record ModelSpec(
    Shape shape,
    Cell cell,
    int hiddenSize,
    int layers,
    double dropout,
    int seasonalPeriod,
    int patchLength,
    ScalingSpec scaling,
    Skip skip,
    Gate gate,
    Convolution convolution,
    Statics statics,
    ModelOutput output,
    Decoder decoder,
    Updater updater,
    Dl4jSpec dl4j,
    Pretrained pretrained)
    implements Serializable {

  public ModelSpec {
    // Absent in bundles that are older than the choice.
    dl4j = dl4j == null ? Dl4jSpec.NONE : dl4j;
    pretrained = pretrained == null ? Pretrained.NONE : pretrained;
    SettingChecks.inRange(hiddenSize, 1, 4096, "model.hiddenSize");
    SettingChecks.inRange(layers, 1, 16, "model.layers");
    SettingChecks.shareBelowOne(dropout, "model.dropout");
    SettingChecks.atLeast(seasonalPeriod, 0, "model.seasonalPeriod");
    SettingChecks.atLeast(patchLength, 0, "model.patchLength");
    if (dl4j.isPresent() && output.loss() == ModelOutput.Loss.CROSS_ENTROPY) {
      throw new SettingException(
          List.of("model.dl4j.configuration", "model.output.loss"),
          "a network of DL4J forecasts values, found the loss cross-entropy, which needs the"
              + " built-in network");
    }
    if (pretrained != Pretrained.NONE
        && (dl4j.isPresent() || output.loss() == ModelOutput.Loss.CROSS_ENTROPY)) {
      throw new SettingException(
          List.of("model.pretrained", "model.output.loss", "model.dl4j.configuration"),
          "a pretrained network forecasts values and is no network of DL4J, found the loss "
              + output.loss()
              + (dl4j.isPresent() ? " and a configuration of DL4J" : ""));
    }
    output.requireFits(shape, scaling);
  }

  /** A spec of the built-in network. */
  public ModelSpec(
      Shape shape,
      Cell cell,
      int hiddenSize,
      int layers,
      double dropout,
      int seasonalPeriod,
      int patchLength,
      ScalingSpec scaling,
      Skip skip,
      Gate gate,
      Convolution convolution,
      Statics statics,
      ModelOutput output,
      Decoder decoder,
      Updater updater) {
    this(
        shape,
        cell,
        hiddenSize,
        layers,
        dropout,
        seasonalPeriod,
        patchLength,
        scaling,
        skip,
        gate,
        convolution,
        statics,
        output,
        decoder,
        updater,
        Dl4jSpec.NONE,
        Pretrained.NONE);
  }

  /** True if nothing is left to choose. */
  public boolean isResolved() {
    return seasonalPeriod > 0
        && patchLength > 0
        && gate.seasons() >= 0
        && !skip.isOpen()
        && scaling.transform() != Transform.AUTO
        && output.isResolved();
  }

  /** The same with the number of classes that the labels hold. */
  public ModelSpec withClasses(int classes) {
    return withOutput(output.withClasses(classes, output.classWeights()));
  }

  /** The same with a weight for each class. */
  public ModelSpec withClassWeights(List<Double> weights) {
    return withOutput(output.withClasses(output.classes(), weights));
  }

  /** The same with other outputs. */
  public ModelSpec withOutput(ModelOutput chosen) {
    return with(chosen, dl4j, pretrained);
  }

  /** The same with a network of the user's own, or without. */
  public ModelSpec withDl4j(Dl4jSpec chosen) {
    return with(output, chosen, pretrained);
  }

  /** The same on a pretrained network. */
  public ModelSpec withPretrained(Pretrained chosen) {
    return with(output, dl4j, chosen);
  }

  private ModelSpec with(ModelOutput output, Dl4jSpec dl4j, Pretrained pretrained) {
    return new ModelSpec(
        shape,
        cell,
        hiddenSize,
        layers,
        dropout,
        seasonalPeriod,
        patchLength,
        scaling,
        skip,
        gate,
        convolution,
        statics,
        output,
        decoder,
        updater,
        dl4j,
        pretrained);
  }

  /** Networks that forecast without training. */
  public enum Pretrained {
    /** None: a network is trained. */
    NONE,
    /** The network in the jar. */
    LONGCAST_ZERO
  }

  /** How steps in become steps out. */
  public enum Shape {
    /** The last state makes all horizon steps. */
    MANY_TO_ONE,
    /**
     * The recurrence continues over the horizon's known covariates; each step yields its value.
     * With classes: each of the context's newest steps gets its label.
     */
    MANY_TO_MANY,
    /** The newest patch alone goes in; the recurrence then runs freely over the horizon. */
    ONE_TO_MANY,
    /** The whole context goes in as one step; its state makes all horizon steps. */
    ONE_TO_ONE,
    /** An encoder reads the context, a decoder with its own weights writes the horizon. */
    SEQ2SEQ
  }

  /** The recurrent cell. */
  public enum Cell {
    LSTM,
    GRU,
    RNN
  }

  /** How static categories enter the recurrent input. */
  public enum Encoding {
    NONE,
    ONE_HOT,
    EMBEDDING
  }

  /**
   * The linear skip.
   *
   * @param enabled default true
   * @param seasons lags, in seasons, that share the weight 1 at the start; lags the context does
   *     not hold are left out, and without a season all weights start at zero; [0] to choose from
   *     the data; default [0]
   */
  public record Skip(boolean enabled, List<Integer> seasons) implements Serializable {
    public Skip {
      seasons = List.copyOf(seasons);
      int least = seasons.size() == 1 ? 0 : 1;
      seasons.forEach(season -> SettingChecks.atLeast(season, least, "model.skip.seasons"));
    }

    /** Whether the lags are to be chosen from the data. */
    public boolean isOpen() {
      return seasons.equals(List.of(0));
    }
  }

  /**
   * The seasonal gate.
   *
   * @param seasons newest seasons the state weighs (single values without a season), 0 for no gate,
   *     -1 to choose (14, or 13 without a season); default -1
   */
  public record Gate(int seasons) implements Serializable {
    public Gate {
      SettingChecks.atLeast(seasons, -1, "model.gate.seasons");
    }
  }

  /**
   * The convolution front: {@code relu(conv1d)} layers over the context's steps, before patches.
   *
   * @param layers 0 for none; default 0
   * @param channels output channels of each; default 16
   * @param kernel steps a kernel covers, looking back only; default 5
   */
  public record Convolution(int layers, int channels, int kernel) implements Serializable {
    public Convolution {
      SettingChecks.atLeast(layers, 0, "model.convolution.layers");
      SettingChecks.atLeast(channels, 1, "model.convolution.channels");
      SettingChecks.atLeast(kernel, 1, "model.convolution.kernel");
    }
  }

  /**
   * Static categories.
   *
   * @param encoding default {@code embedding}
   * @param embeddingSize numbers a category column becomes, 1 to 512; default 8
   */
  public record Statics(Encoding encoding, int embeddingSize) implements Serializable {
    public Statics {
      SettingChecks.inRange(embeddingSize, 1, 512, "model.statics.embeddingSize");
    }
  }

  /**
   * The decoder of {@code seq2seq}.
   *
   * @param teacherForcingSteps updates over which the share of true inputs falls from 1 to 0; 0
   *     feeds the decoder its own output from the start; default 500
   */
  public record Decoder(int teacherForcingSteps) implements Serializable {
    public Decoder {
      SettingChecks.atLeast(teacherForcingSteps, 0, "model.decoder.teacherForcingSteps");
    }
  }

  /**
   * Adam's constants (Kingma and Ba 2015); its rate comes with each step.
   *
   * @param beta1 decay of the mean, 0 to below 1; default 0.9
   * @param beta2 decay of the square, 0 to below 1; default 0.999
   * @param epsilon above 0; default 1e-7
   * @param gradientNorm largest global norm of a gradient, above 0; default 1
   * @param backpropSteps recurrent steps (patches) the gradient goes back before it is cut, 0 for
   *     all; where cut, activations are kept for so many steps only, however long the context;
   *     default 0
   */
  public record Updater(
      double beta1, double beta2, double epsilon, double gradientNorm, int backpropSteps)
      implements Serializable {

    /** With full backpropagation through time. */
    public Updater(double beta1, double beta2, double epsilon, double gradientNorm) {
      this(beta1, beta2, epsilon, gradientNorm, 0);
    }

    public Updater {
      SettingChecks.atLeast(backpropSteps, 0, "model.updater.backpropSteps");
      SettingChecks.shareBelowOne(beta1, "model.updater.beta1");
      SettingChecks.shareBelowOne(beta2, "model.updater.beta2");
      SettingChecks.positive(epsilon, "model.updater.epsilon");
      SettingChecks.positive(gradientNorm, "model.updater.gradientNorm");
    }
  }
}
