package io.longcast.anomaly.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longcast.model.recurrent.Numerics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatternKernelsTest {
  private static final int ROWS = 208;

  private static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
    }
    return values;
  }

  @Test
  void giveTheSameBitsByVectorsAndWithout() {
    assumeTrue(Numerics.vectorAvailable(), "this JVM has no Vector API");
    PatternKernels vector = PatternKernels.open();
    PatternKernels plain = new PlainKernels();
    float[] dots = random(ROWS + 1, 1);
    float[] others = dots.clone();
    for (int k = 0; k < 50; k++) {
      float[] rows = random(ROWS, 2 + k);
      float[] offsets = random(ROWS, 102 + k);
      offsets[k] = PatternKernels.FAR;
      float[] means = random(ROWS, 202 + k);
      float one = vector.advance(dots, rows, offsets, means, ROWS, .9f, .3f * k, 1.7f);
      assertThat(one)
          .isEqualTo(plain.advance(others, rows, offsets, means, ROWS, .9f, .3f * k, 1.7f));
      assertThat(dots).isEqualTo(others);
    }
    float[] to = random(16, 5);
    float[] into = to.clone();
    vector.project(random(84, 6), random(84 * 16, 7), 16, to);
    plain.project(random(84, 6), random(84 * 16, 7), 16, into);
    assertThat(to).isEqualTo(into);
    assertThat(vector.nearest(to, random(16 * 48, 8), 48, new float[48]))
        .isEqualTo(plain.nearest(to, random(16 * 48, 8), 48, new float[48]));
  }

  @Test
  void findTheSameNearestColumn() {
    assumeTrue(Numerics.vectorAvailable(), "this JVM has no Vector API");
    float[] matrix = random(16 * 48, 8);
    float[] twice = new float[16 * 96];
    for (int j = 0; j < 16; j++) {
      System.arraycopy(matrix, j * 48, twice, j * 96, 48);
      System.arraycopy(matrix, j * 48, twice, j * 96 + 48, 48);
    }
    for (int k = 0; k < 50; k++) {
      float[] point = random(16, 100 + k);
      int nearest = new PlainKernels().nearestColumn(point, matrix, 48);
      assertThat(PatternKernels.open().nearestColumn(point, matrix, 48)).isEqualTo(nearest);
      assertThat(PatternKernels.open().nearestColumn(point, twice, 96))
          .as("of equal ones the first")
          .isEqualTo(nearest);
    }
  }

  @Test
  void advanceByTheRowBefore() {
    float[] dots = new float[17];
    float[] rows = random(16, 1);
    float[] far = new float[16];
    java.util.Arrays.fill(far, PatternKernels.FAR);
    far[3] = 2;
    dots[3] = 10;
    float least = PatternKernels.open().advance(dots, rows, far, new float[16], 16, .5f, 2, 0);
    assertThat(dots[4]).isEqualTo(.5f * 10 + 2 * rows[3]);
    assertThat(least).isEqualTo(2 - 2 * dots[4]);
    assertThat(dots[0]).isZero();
  }
}
