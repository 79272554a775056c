package io.longcast.model;

import io.longcast.scale.Level;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Spread;
import io.longcast.scale.Transform;
import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * What the network puts out and is trained for: loss, quantiles, classes (key {@code
 * model.output}).
 *
 * @param loss of the point head; default {@code mae}
 * @param huberDelta where Huber's loss turns linear, in spreads, above 0; default 0.5
 * @param quantileLevels ascending, each inside 0 to 1; empty for points only; default [0.025, 0.05,
 *     0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]
 * @param quantileWeight weight of the quantile loss relative to the point loss, at least 0; default
 *     1
 * @param shareTrunk whether the quantile loss also trains the layers below the heads; default true;
 *     false leaves the point forecast as good as without quantiles
 * @param classes number of classes of {@code cross-entropy}, 0 to count those of the labels; 0 with
 *     any other loss; default 0
 * @param weighting how much the windows count; default {@code seasonal-difference}
 * @param classBalance how far the classes of {@code cross-entropy} are balanced, 0 (each label as
 *     much) to 1 (each class as much); default 0.5
 * @param classWeights weight of a label of each class, above 0; empty to take them from the
 *     training windows by {@code classBalance}; default []
 */
public record ModelOutput(
    Loss loss,
    double huberDelta,
    List<Double> quantileLevels,
    double quantileWeight,
    boolean shareTrunk,
    int classes,
    Weighting weighting,
    double classBalance,
    List<Double> classWeights)
    implements Serializable {
  public ModelOutput {
    classWeights = classWeights == null ? List.of() : List.copyOf(classWeights);
    // Absent in bundles that are older than the choice.
    weighting = weighting == null ? Weighting.EVEN : weighting;
    quantileLevels = List.copyOf(quantileLevels);
    SettingChecks.positive(huberDelta, "model.output.huberDelta");
    SettingChecks.require(
        ascend(quantileLevels),
        "model.output.quantileLevels",
        "ascending and inside (0, 1)",
        quantileLevels);
    SettingChecks.require(
        quantileWeight >= 0, "model.output.quantileWeight", ">= 0", quantileWeight);
    if (classes != 0 && (loss != Loss.CROSS_ENTROPY || classes < 2)) {
      throw new SettingException(
          "model.output.classes",
          "classes must be 0, or >= 2 with the loss cross-entropy, found "
              + classes
              + " with "
              + loss);
    }
    SettingChecks.share(classBalance, "model.output.classBalance");
    classWeights.forEach(weight -> SettingChecks.positive(weight, "model.output.classWeights"));
    SettingChecks.require(
        classes == 0 || classWeights.isEmpty() || classWeights.size() == classes,
        "model.output.classWeights",
        classes + " numbers, one per class",
        classWeights);
  }

  private static boolean ascend(List<Double> levels) {
    double previous = 0;
    for (double level : levels) {
      if (!(level > previous && level < 1)) {
        return false;
      }
      previous = level;
    }
    return true;
  }

  ModelOutput withClasses(int count, List<Double> weights) {
    return new ModelOutput(
        loss,
        huberDelta,
        quantileLevels,
        quantileWeight,
        shareTrunk,
        count,
        weighting,
        classBalance,
        weights);
  }

  /** The same with equal weights of windows and classes. */
  public ModelOutput(
      Loss loss,
      double huberDelta,
      List<Double> quantileLevels,
      double quantileWeight,
      boolean shareTrunk,
      int classes) {
    this(
        loss,
        huberDelta,
        quantileLevels,
        quantileWeight,
        shareTrunk,
        classes,
        Weighting.EVEN,
        0,
        List.of());
  }

  /** What a loss asks of the rest of the network. */
  void requireFits(ModelSpec.Shape shape, ScalingSpec scaling) {
    if (loss == Loss.NEGATIVE_BINOMIAL) {
      requireCounts(scaling);
    }
    if (loss == Loss.CROSS_ENTROPY
        && (shape == ModelSpec.Shape.ONE_TO_MANY || shape == ModelSpec.Shape.SEQ2SEQ)) {
      throw new SettingException(
          "model.shape",
          "classes go with the shapes many-to-one, one-to-one (one label a window) and many-to-many"
              + " (one a step), found "
              + shape);
    }
  }

  private static void requireCounts(ScalingSpec scaling) {
    boolean bare = scaling.transform() == Transform.NONE || scaling.transform() == Transform.AUTO;
    boolean unit = scaling.spread() == Spread.MEAN_ABSOLUTE || scaling.spread() == Spread.ONE;
    if (!bare || !unit || scaling.level() != Level.ZERO) {
      throw new SettingException(
          "model.scaling",
          "the loss negative-binomial needs transform none, level zero and spread mean-absolute"
              + " or one, found "
              + scaling);
    }
  }

  /** True if nothing is left to choose. */
  boolean isResolved() {
    return loss != Loss.CROSS_ENTROPY || classes > 0;
  }

  /** What training minimizes, in scaled units. */
  public enum Loss {
    MAE,
    MSE,
    HUBER,
    GAUSSIAN,
    STUDENT_T,
    /** For counts; works on raw values with the window's mean as the unit. */
    NEGATIVE_BINOMIAL,
    /** Targets are class codes 0, 1, ... of the context's newest steps; nothing is scaled back. */
    CROSS_ENTROPY
  }

  /** How much the windows count in the loss. */
  public enum Weighting {
    /** Equal weights: errors count in units of the window's spread. */
    EVEN,
    /**
     * In units of the window's mean absolute seasonal difference, which is how MASE and MSIS weigh
     * series; a floor keeps windows that hardly change from ruling.
     */
    SEASONAL_DIFFERENCE
  }
}
