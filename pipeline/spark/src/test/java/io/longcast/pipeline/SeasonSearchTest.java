package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class SeasonSearchTest {
  private static final int SERIES = 6;
  private static final int HELD_BACK = 100;

  /** Waves of 37 steps, every fourth of them high, whose held back end is wild. */
  private static SeasonSearch search(int partitions) {
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < SERIES; s++) {
      SplittableRandom random = new SplittableRandom(s);
      float[] x = new float[900];
      for (int t = 0; t < x.length; t++) {
        double wave = Math.sin(2 * Math.PI * t / 37) * (t / 37 % 4 == 0 ? 1.5 : 1);
        boolean held = t >= x.length - HELD_BACK;
        x[t] = (float) (held ? 1e6 * random.nextGaussian() : wave + .2 * random.nextGaussian());
      }
      segments.add(Segment.of("series " + s, new RowAxis(0, null), x));
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    return new SeasonSearch(spark.parallelize(segments, partitions), 1, HELD_BACK, SERIES);
  }

  @Test
  void findsTheSeasonAndTheLikestOfTheEarlierOnes() {
    SeasonSearch.Found found = search(3).found(0, 1);
    assertThat(found.period()).isEqualTo(37);
    assertThat(found.from()).startsWith("found: values 37 steps apart differ");
    assertThat(found.skipSeasons()).hasSize(2).startsWith(1);
    assertThat(found.skipSeasons().get(1) % 4).isZero();
    assertThat(search(1).found(0, 1)).isEqualTo(found);
  }

  @Test
  void takesWhatIsDeclaredOrUsualWithoutASearch() {
    assertThat(search(2).found(24, 1).period()).isEqualTo(24);
    assertThat(search(2).found(0, 12).period()).isEqualTo(12);
    assertThat(search(2).found(1, 12).period()).isEqualTo(1);
    assertThat(search(2).found(1, 12).skipSeasons()).isEmpty();
  }
}
