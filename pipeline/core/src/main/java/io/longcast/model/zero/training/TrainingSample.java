package io.longcast.model.zero.training;

import io.longcast.model.zero.network.FeatureWriter;
import io.longcast.model.zero.network.ZeroBatch;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.model.zero.season.Seasons;
import io.longcast.model.zero.synthetic.SeriesGenerator;
import io.longcast.model.zero.synthetic.SyntheticSeries;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the series of a batch and writes what the network reads and is to forecast. A series is cut
 * at a random place, turned upside down or not, may lose its start, and comes with the seasons that
 * are found in it, with those it truly has, with the first of them, or with none.
 */
final class TrainingSample {
  private static final int LATEST_START = 32;
  private static final int LENGTH = ZeroShape.CONTEXT + ZeroShape.BLOCK;
  private static final double FOUND = 0.6;
  private static final double TRUE = 0.87;
  private static final double FIRST_ONLY = 0.95;
  private static final long CHOICES = 0x6A09E667F3BCC909L;

  private final PretrainSpec spec;
  private final SeriesGenerator generator = new SeriesGenerator(LENGTH + LATEST_START);
  private final SeasonDetector detector = new SeasonDetector();
  private final FeatureWriter writer = new FeatureWriter(LENGTH);
  private final boolean[] observed = new boolean[LENGTH];

  TrainingSample(PretrainSpec spec) {
    this.spec = spec;
  }

  /**
   * Draws one series.
   *
   * @param seed decides all of it
   * @param i its place in the batch
   */
  void draw(long seed, ZeroBatch batch, int i, int[] origins, Targets targets) {
    SyntheticSeries series = generator.draw(seed);
    SplittableRandom random = new SplittableRandom(seed ^ CHOICES);
    int from = random.nextInt(LATEST_START + 1);
    double[] x = Arrays.copyOfRange(series.values(), from, from + LENGTH);
    int start = start(random);
    double sign = random.nextDouble() < spec.flip() ? -1 : 1;
    for (int t = 0; t < LENGTH; t++) {
      x[t] *= sign;
      observed[t] = t >= start && !Double.isNaN(x[t]);
    }
    FeatureWriter.fill(x, observed);
    Seasons seasons = seasons(random, series, x, start);
    writer.write(x, observed, seasons, batch, i);
    targets.set(x, observed, batch, i, origins);
  }

  /** Histories that begin in the middle of a step, and short ones. */
  private int start(SplittableRandom random) {
    double u = random.nextDouble() / Math.max(1e-9, spec.randomStart());
    int within = random.nextInt(1, ZeroShape.STEP);
    int anywhere = random.nextInt(ZeroShape.CONTEXT - ZeroShape.STEP + 2);
    return u < 0.5 ? within : u < 1 ? anywhere : 0;
  }

  private Seasons seasons(SplittableRandom random, SyntheticSeries series, double[] x, int start) {
    double u = random.nextDouble();
    if (u < FOUND) {
      return detector.detect(
          Arrays.copyOfRange(x, start, ZeroShape.CONTEXT),
          Arrays.copyOfRange(observed, start, ZeroShape.CONTEXT));
    }
    if (u < TRUE) {
      return new Seasons(series.first(), series.second());
    }
    return u < FIRST_ONLY ? new Seasons(series.first(), 0) : Seasons.NONE;
  }
}
