package io.longcast.model.zero.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.zero.season.Seasons;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureWriterTest {
  private static final int STEPS = 6;
  private static final int LENGTH = STEPS * ZeroShape.STEP;

  private final double[] x = new double[LENGTH];
  private final boolean[] observed = new boolean[LENGTH];

  FeatureWriterTest() {
    Arrays.fill(observed, true);
    for (int t = 0; t < LENGTH; t++) {
      x[t] = Math.sin(2 * Math.PI * t / 10) + 0.01 * t * (t % 3);
    }
  }

  @Test
  void looksUpWhatFollowedOneSeasonAgo() {
    ZeroBatch batch = written(new Seasons(10, 20));
    int row = batch.row(3, 0);
    int end = 4 * ZeroShape.STEP;
    for (int h = 0; h < ZeroShape.BLOCK; h++) {
      int back = (h / 10 + 1) * 10;
      double mean = 0;
      for (int s = 0; s < 4; s++) {
        mean += x[end + h - back - 10 * s] / 4;
      }
      assertThat(lookup(batch, row, 0, h))
          .isCloseTo(z(batch, row, x[end + h - back]), within(1e-4f));
      assertThat(lookup(batch, row, 1, h)).isCloseTo(z(batch, row, mean), within(1e-4f));
      int second = (h / 20 + 1) * 20;
      assertThat(lookup(batch, row, 2, h))
          .isCloseTo(z(batch, row, x[end + h - second]), within(1e-4f));
    }
  }

  @Test
  void fallsBackOnTheLastValueWithoutASeason() {
    ZeroBatch batch = written(Seasons.NONE);
    int row = batch.row(STEPS - 1, 0);
    for (int k = 0; k < ZeroShape.LOOKUPS; k++) {
      assertThat(lookup(batch, row, k, 17)).isCloseTo(z(batch, row, x[LENGTH - 1]), within(1e-4f));
    }
  }

  @Test
  void doesNotLookAhead() {
    ZeroBatch before = written(new Seasons(10, 20));
    for (int t = 3 * ZeroShape.STEP; t < LENGTH; t++) {
      x[t] = 1e3 * t;
    }
    ZeroBatch after = written(new Seasons(10, 20));
    int known = 3 * ZeroShape.INPUTS;
    assertThat(Arrays.copyOf(after.inputs, known)).isEqualTo(Arrays.copyOf(before.inputs, known));
    assertThat(after.inputs[known]).isNotEqualTo(before.inputs[known]);
  }

  @Test
  void marksWhatWasNotObserved() {
    observed[LENGTH - 2] = false;
    x[LENGTH - 2] = Double.NaN;
    FeatureWriter.fill(x, observed);
    ZeroBatch batch = written(Seasons.NONE);
    int at = batch.row(STEPS - 1, 0) * ZeroShape.INPUTS;
    assertThat(batch.inputs[at + ZeroShape.BLOCK - 2]).isZero();
    assertThat(batch.inputs[at + 2 * ZeroShape.BLOCK - 2]).isZero();
    assertThat(batch.inputs[at + 2 * ZeroShape.BLOCK - 1]).isEqualTo(1);
    for (float v : batch.inputs) {
      assertThat(v).isFinite();
    }
  }

  private ZeroBatch written(Seasons seasons) {
    ZeroBatch batch = new ZeroBatch(1, STEPS);
    batch.begin(1, STEPS);
    new FeatureWriter(LENGTH).write(x, observed, seasons, batch, 0);
    return batch;
  }

  private static float lookup(ZeroBatch batch, int row, int block, int h) {
    return batch.inputs[ZeroBatch.lookups(row) + block * ZeroShape.BLOCK + h];
  }

  private static float z(ZeroBatch batch, int row, double v) {
    return (float) ((v - batch.level(row)) / batch.scale(row));
  }
}
