package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.SampleComparison;
import io.longcast.forecast.WindowStratum;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandResultTest {

  @Test
  void showsOutlierWindowsApartBesideTheBestBaseline() {
    Comparison comparison =
        SampleComparison.of(
            Map.of(WindowStratum.REGULAR, 1f, WindowStratum.UNSEEN, 2f, WindowStratum.GAPS, 5f),
            Map.of(WindowStratum.REGULAR, 4f, WindowStratum.UNSEEN, 3f, WindowStratum.GAPS, 6f));
    CommandResult answer = new CommandResult().comparison(comparison);
    assertThat(answer.lines()).anyMatch(line -> line.matches("unseen +2 +0.2000 +0.3000"));
    assertThat(answer.lines()).anyMatch(line -> line.matches("gaps +2 +0.5000 +0.6000"));
    assertThat(answer.lines()).anyMatch(line -> line.matches("regular +2 +0.1000 +0.4000"));
    assertThat(answer.lines()).noneMatch(line -> line.startsWith("constant"));
    assertThat(answer.json()).contains("wape_by_group");
  }
}
