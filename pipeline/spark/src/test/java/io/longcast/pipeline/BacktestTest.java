package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.window.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacktestTest {

  private static RunSpec run(String... more) {
    List<String> words =
        new ArrayList<>(List.of("source.paths=[x]", "source.valueColumns=[v]", "window.horizon=6"));
    words.addAll(List.of(more));
    return RunFile.read(Optional.empty(), words).spec();
  }

  @Test
  void makesEachHorizonAFold() {
    List<SplitSpec> folds = Backtest.splits(run("split.folds=3", "split.holdoutSteps=5"));
    assertThat(folds).extracting(SplitSpec::folds).containsExactly(1, 1, 1);
    assertThat(folds).extracting(SplitSpec::holdoutSteps).containsExactly(17, 11, 5);
  }

  @Test
  void dividesTheHorizonsIntoStretchesThatTouch() {
    List<SplitSpec> folds = Backtest.splits(run("split.folds=10", "backtest.folds=4"));
    assertThat(folds).extracting(SplitSpec::folds).containsExactly(2, 3, 2, 3);
    assertThat(folds).extracting(SplitSpec::holdoutSteps).containsExactly(48, 30, 18, 0);
  }

  @Test
  void hasNoMoreFoldsThanHorizons() {
    assertThat(Backtest.splits(run("split.folds=2", "backtest.folds=9"))).hasSize(2);
  }

  @Test
  void takesFourStretchesOfLabels() {
    RunSpec labels =
        run(
            "split.folds=288",
            "labels.column=code",
            "model.output.loss=cross-entropy",
            "model.output.quantileLevels=[]");
    assertThat(Backtest.splits(labels)).extracting(SplitSpec::folds).containsOnly(72).hasSize(4);
  }
}
