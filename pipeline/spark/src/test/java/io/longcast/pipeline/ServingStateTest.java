package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.DriftDistance;
import io.longcast.anomaly.score.TailModel;
import io.longcast.clean.CategoryCodes;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.model.NetworkInputs;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.combination.Combination;
import io.longcast.series.CalendarFeature;
import io.longcast.series.CalendarSpec;
import io.longcast.series.SeriesLayout;
import io.longcast.window.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingStateTest {
  private static ServingState state() {
    return new ServingState(
        new SeriesLayout(List.of("load"), List.of(), List.of("holiday"), List.of("site")),
        "1h",
        new CategoryCodes(List.of(List.of("a", "b"))),
        new WindowSpec(48, 24, 1),
        CalendarSpec.of(CalendarFeature.HOUR_OF_DAY),
        false,
        24,
        new IntervalCalibration(List.of(.1, .5, .9), List.of(1.1, 1.0, 1.2), List.of(9L, 9L, 9L)),
        scores(),
        new LabelledThreshold(
            7.5, .9, 12, 30, List.of(new LabelledThreshold.Fold(7.1, 15, 13, 14, 12))),
        List.of(),
        new ResidualQuantiles(List.of(.1, .5, .9), List.of(-1.5, 0.0, 1.5), List.of(.4, .6)),
        null,
        new ServedCombination(
            new Combination(List.of(Baseline.THETA), List.of(.75, .25)),
            List.of(.1, .5, .9),
            new IntervalCalibration(
                List.of(.1, .5, .9), List.of(1.3, 1.0, 1.1), List.of(9L, 9L, 9L))));
  }

  private static ScoreCalibration scores() {
    TailModel tail = new TailModel(List.of(1.0, .5), List.of(0.0, 1.0), .1, 2, .5, .1, 1000);
    DetectorSpec detector =
        new DetectorSpec(
            List.of(new ComponentSpec(ComponentSpec.Kind.LEVEL, 24, 1)),
            4000,
            1e-3,
            4,
            List.of(new DriftDistance.Settings(20, 10, .05, 100, 50, 1)),
            DetectorSpec.Scaling.ROBUST,
            true);
    return new ScoreCalibration(detector, List.of(tail, tail), List.of(tail), tail, .01);
  }

  @Test
  void comesBackEqual() {
    assertThat(ServingState.fromBytes(state().toBytes())).isEqualTo(state());
  }

  @Test
  void readsBundlesOfBeforeThereWereThresholdsByLabels() {
    String now = new String(state().toBytes(), StandardCharsets.UTF_8);
    String before = now.replaceFirst("(?s)\"threshold\" : \\{.*?\\]\\s*\\},", "");
    assertThat(before).isNotEqualTo(now).doesNotContain("eventF1");
    ServingState state = ServingState.fromBytes(before.getBytes(StandardCharsets.UTF_8));
    assertThat(state.labelled()).isEmpty();
    assertThat(state.scores()).isEqualTo(state().scores());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    String changed =
        new String(state().toBytes(), StandardCharsets.UTF_8).replace("\"season\"", "\"saison\"");
    assertThatThrownBy(() -> ServingState.fromBytes(changed.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serving.json");
  }

  /** Classifiers of the first version did not see which values of the other channels are real. */
  @Test
  void refusesANetworkThatReadsOtherWindowsThanAreCut() {
    ServingState classifier =
        new ServingState(
            SeriesLayout.of("temperature", "pressure", "current", "code"),
            "1h",
            CategoryCodes.none(),
            new WindowSpec(48, 24, 1),
            CalendarSpec.of(CalendarFeature.HOUR_OF_DAY),
            true,
            24,
            IntervalCalibration.none(List.of()),
            null,
            null,
            List.of("0", "1"),
            ResidualQuantiles.NONE,
            null,
            null);
    int calendar = classifier.calendar().columns();
    NetworkInputs now = new NetworkInputs(48, 24, 4, 0, calendar, List.of());
    assertThatCode(() -> classifier.requireServes(now, "there")).doesNotThrowAnyException();
    NetworkInputs former = new NetworkInputs(48, 24, 2, 0, calendar, List.of());
    assertThatThrownBy(() -> classifier.requireServes(former, "models/faults/0123"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("models/faults/0123 cannot be used")
        .hasMessageContaining("reads [2, " + calendar + "]")
        .hasMessageContaining("makes [4, " + calendar + "]")
        .hasMessageContaining("retrain it");
  }
}
