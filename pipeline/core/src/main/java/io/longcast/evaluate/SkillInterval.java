package io.longcast.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How much smaller a model's error is than a baseline's, with a confidence interval: skill = 1 -
 * sum of the model's errors / sum of the baseline's, resampled over series with replacement
 * (percentile bootstrap, Efron and Tibshirani 1993). Above 0: better than the baseline.
 *
 * @param skill the skill on all series
 * @param lower lower end of the interval
 * @param upper upper end
 * @param series number of series
 */
public record SkillInterval(double skill, double lower, double upper, long series) {

  /**
   * @param model one error a series
   * @param baseline the baseline's error of the same series
   * @param confidence such as 0.95
   * @param resamples such as 2000
   * @param seed of the resampling
   */
  public static SkillInterval bootstrap(
      double[] model, double[] baseline, double confidence, int resamples, long seed) {
    if (model.length != baseline.length) {
      throw new IllegalArgumentException(
          "errors must be paired by series, model = "
              + model.length
              + ", baseline = "
              + baseline.length);
    }
    return bootstrap(
        model.length, drawn -> skill(model, baseline, drawn), confidence, resamples, seed);
  }

  private static double skill(double[] model, double[] baseline, int[] drawn) {
    double ours = 0;
    double theirs = 0;
    for (int at : drawn) {
      ours += model[at];
      theirs += baseline[at];
    }
    return 1 - ours / theirs;
  }

  /**
   * The same for a skill that is no quotient of sums.
   *
   * @param series number of series
   * @param skill of the series of these indices, which may name one several times
   */
  public static SkillInterval bootstrap(
      int series, ToDoubleFunction<int[]> skill, double confidence, int resamples, long seed) {
    if (series == 0) {
      return new SkillInterval(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double[] skills = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * r);
      int[] drawn = new int[series];
      Arrays.setAll(drawn, at -> random.nextInt(series));
      skills[r] = skill.applyAsDouble(drawn);
    }
    Arrays.sort(skills);
    double tail = 0.5 * (1 - confidence);
    return new SkillInterval(
        skill.applyAsDouble(IntStream.range(0, series).toArray()),
        skills[(int) Math.floor(tail * (resamples - 1))],
        skills[(int) Math.ceil((1 - tail) * (resamples - 1))],
        series);
  }

  /** True where the whole interval lies above zero. */
  public boolean isBetter() {
    return lower > 0;
  }
}
