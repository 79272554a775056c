package io.longcast.model.zero.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesGeneratorTest {
  private final SeriesGenerator generator = new SeriesGenerator(720);

  @Test
  void drawsTheSameSeriesFromASeed() {
    assertThat(generator.draw(7).values()).isEqualTo(new SeriesGenerator(720).draw(7).values());
    assertThat(generator.draw(8).values()).isNotEqualTo(generator.draw(7).values());
  }

  @Test
  void drawsFiniteStandardizedValuesWithSomeMissing() {
    int missing = 0;
    int seasonal = 0;
    for (int seed = 0; seed < 300; seed++) {
      SyntheticSeries series = generator.draw(seed);
      double sum = 0;
      int known = 0;
      for (double v : series.values()) {
        if (Double.isNaN(v)) {
          missing++;
          continue;
        }
        assertThat(Math.abs(v)).isLessThanOrEqualTo(25);
        sum += v;
        known++;
      }
      assertThat(Math.abs(sum / known)).isLessThan(2);
      assertThat(series.second() == 0 || series.second() > series.first()).isTrue();
      seasonal += series.first() > 0 ? 1 : 0;
    }
    assertThat(missing).isPositive();
    assertThat(seasonal).isBetween(100, 280);
  }

  @Test
  void sharesSumUpToOne() {
    assertThat(SeriesGenerator.shares().values().stream().mapToDouble(v -> v).sum())
        .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
  }
}
