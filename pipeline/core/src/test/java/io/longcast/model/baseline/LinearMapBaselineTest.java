package io.longcast.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearMapBaselineTest {
  private static float[] noise(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] row = new float[length];
    for (int t = 0; t < length; t++) {
      row[t] = (float) random.nextGaussian();
    }
    return row;
  }

  @Test
  void countsTheMomentsOfEveryWindowOfEveryRow() {
    List<float[]> rows = List.of(noise(20, 1), noise(9, 2), noise(4, 3));
    WindowMoments moments = new WindowMoments(5);
    rows.forEach(row -> moments.add(row, row.length));
    assertThat(moments.windows()).isEqualTo(16 + 5);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        double product = 0;
        double sum = 0;
        for (float[] row : rows) {
          for (int s = 0; s + 5 <= row.length; s++) {
            product += (double) row[s + i] * row[s + j];
            sum += row[s + i];
          }
        }
        assertThat(moments.product(i, j)).isCloseTo(product / 21, within(1e-9));
        assertThat(moments.mean(i)).isCloseTo(sum / 21, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void continuesAnAutoregressionThatItCanExpress(LinearMapBaseline baseline) {
    float[] row = noise(4000, 4);
    for (int t = 2; t < row.length; t++) {
      row[t] = 5 + 1.6f * (row[t - 1] - 5) - .8f * (row[t - 2] - 5) + .05f * row[t];
    }
    try (WindowForecaster fitted = baseline.fit(List.of(row), 12, 3)) {
      WindowBatch batch = new WindowBatch(1, new WindowSpec(12, 3, 1), 0, 0, 0);
      batch.add(null, 0, 12, 0);
      System.arraycopy(row, 1000, batch.context(), 0, 12);
      ForecastBatch found = new ForecastBatch(1, 3, 0);
      fitted.forecast(batch, found);
      for (int t = 0; t < 3; t++) {
        assertThat(found.point(0, t)).isCloseTo(row[1012 + t], within(.4f));
      }
      assertThat(fitted.name()).isEqualTo(baseline.word());
    }
  }

  @Test
  void refusesRowsWithoutAWindow() {
    assertThatThrownBy(() -> LinearMapBaseline.NLINEAR.fit(List.of(new float[14]), 12, 3))
        .hasMessageContaining("15 steps");
  }
}
