package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.SampleComparison;
import io.longcast.forecast.WindowGroup;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

  @Test
  void showsOddWindowsApartBesideTheBestBaseline() {
    Comparison comparison =
        SampleComparison.of(
            Map.of(WindowGroup.REGULAR, 1f, WindowGroup.UNSEEN, 2f, WindowGroup.GAPS, 5f),
            Map.of(WindowGroup.REGULAR, 4f, WindowGroup.UNSEEN, 3f, WindowGroup.GAPS, 6f));
    Answer answer = new Answer().comparison(comparison);
    assertThat(answer.lines()).anyMatch(line -> line.matches("unseen +2 +0.2000 +0.3000"));
    assertThat(answer.lines()).anyMatch(line -> line.matches("gaps +2 +0.5000 +0.6000"));
    assertThat(answer.lines()).anyMatch(line -> line.matches("regular +2 +0.1000 +0.4000"));
    assertThat(answer.lines()).noneMatch(line -> line.startsWith("constant"));
    assertThat(answer.json()).contains("wape_by_group");
  }
}
