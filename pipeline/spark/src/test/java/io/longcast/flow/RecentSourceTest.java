package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunFile;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.ServingState;
import io.longcast.series.CalendarSpec;
import io.longcast.series.SeriesLayout;
import io.longcast.window.WindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentSourceTest {
  private static final ServedModel MODEL =
      new ServedModel(
          "m",
          null,
          new ServingState(
              SeriesLayout.of("v"),
              "1h",
              CategoryCodes.none(),
              new WindowSpec(48, 24, 1),
              CalendarSpec.NONE,
              false,
              24,
              IntervalCalibration.none(List.of()),
              null,
              null,
              List.of(),
              ResidualQuantiles.NONE,
              null,
              null));

  private static Duration lookback(String... more) {
    List<String> words =
        new ArrayList<>(List.of("evaluate.window=1 hours", "drift.window=1 hours"));
    words.addAll(List.of(more));
    return RecentSource.lookback(RunFile.read(Optional.empty(), words).spec(), MODEL).orElseThrow();
  }

  @Test
  void looksBackToTheOriginsWhoseErrorsReconciliationNeeds() {
    assertThat(lookback()).isEqualTo(Duration.ofHours(48 + 24 + 24 + 24));
    String[] bottomUp = {"forecast.reconcile.method=bottom-up", "forecast.reconcile.levels=[[]]"};
    assertThat(lookback(bottomUp)).isEqualTo(lookback());
    assertThat(
            lookback(
                "forecast.reconcile.method=mint",
                "forecast.reconcile.levels=[[]]",
                "forecast.reconcile.origins=5"))
        .isEqualTo(lookback().plusHours(5 * 24));
  }
}
