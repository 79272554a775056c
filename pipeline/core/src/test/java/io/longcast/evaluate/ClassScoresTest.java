package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassScoresTest {
  private static final float[] SURE = {.8f, .2f, 0};
  private static final float[] UNSURE = {.3f, .5f, .2f};

  /** Labels 0 0 1 2; found 0 1 1 1. */
  private static ClassScores four() {
    ClassScores scores = new ClassScores(3);
    scores.add(0, 0, SURE, 0);
    scores.add(0, 1, UNSURE, 0);
    scores.add(1, 1, UNSURE, 0);
    scores.add(2, 1, new float[] {9, .6f, .4f, 0}, 1);
    return scores;
  }

  @Test
  void scoresByHand() {
    ClassScores scores = four();
    assertThat(scores.metric("accuracy").value()).isEqualTo(.5);
    assertThat(scores.metric("macro_f1").value())
        .isCloseTo((2 / 3.0 + 2 / 4.0 + 0) / 3, within(1e-12));
    double surprisal = -Math.log(.8f) - Math.log(.3f) - Math.log(.5f) - Math.log(1e-7);
    assertThat(scores.surprisal()).isCloseTo(surprisal, within(1e-9));
    assertThat(scores.metric("log_loss").value()).isCloseTo(surprisal / 4, within(1e-9));
    assertThat(scores.metric("log_loss").count()).isEqualTo(4);
  }

  @Test
  void tellsEachClassApart() {
    List<Metric> second = four().ofClass(1);
    assertThat(Metric.named("precision", second)).isEqualTo(new Metric("precision", 1 / 3.0, 3));
    assertThat(Metric.named("recall", second)).isEqualTo(new Metric("recall", 1, 1));
    assertThat(Metric.named("f1", second).value()).isEqualTo(.5);
    assertThat(Metric.named("frequency", second).value()).isEqualTo(.25);
    assertThat(Metric.named("mean_probability", second).value())
        .isCloseTo((.2 + .5 + .5 + .4) / 4, within(1e-6));
    assertThat(Metric.named("precision", four().ofClass(2)).value()).isNaN();
    assertThat(Metric.named("recall", four().ofClass(2)).value()).isZero();
  }

  @Test
  void mergesToWhatOneStateWouldHold() {
    ClassScores both = four();
    both.merge(four());
    assertThat(both.counts().total()).isEqualTo(8);
    assertThat(both.metric("log_loss").value()).isEqualTo(four().metric("log_loss").value());
    assertThat(both.ofClass(0).get(4).value()).isEqualTo(four().ofClass(0).get(4).value());
  }

  @Test
  void namesAMetricThatIsNotThere() {
    assertThatThrownBy(() -> four().metric("mase"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no metric mase")
        .hasMessageContaining("macro_f1");
  }
}
