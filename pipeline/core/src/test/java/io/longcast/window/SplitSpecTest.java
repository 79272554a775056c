package io.longcast.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SplitSpecTest {

  private static List<Integer> origins(SplitSpec splits, WindowSpec window, Segment s, Split part) {
    Origins origins = splits.origins(window, s, part);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < origins.count(); i++) {
      all.add((int) s.seriesStep() + origins.at(i));
    }
    return all;
  }

  @Test
  void dividesAHandWorkedSeries() {
    Segment series = SampleSeries.series("a", 100, 1, 1);
    WindowSpec window = new WindowSpec(20, 10, 3);
    SplitSpec splits = new SplitSpec(2, 1, 0, 0, 10);
    assertThat(origins(splits, window, series, Split.TRAIN))
        .containsExactly(20, 23, 26, 29, 32, 35, 38, 41, 44, 47, 50);
    assertThat(origins(splits, window, series, Split.CALIBRATION)).containsExactly(60);
    assertThat(origins(splits, window, series, Split.VALIDATION)).containsExactly(70, 80);
    assertThat(origins(splits, window, series, Split.TEST)).containsExactly(90);
    assertThat(origins(splits, window, series, Split.FUTURE)).containsExactly(90);
  }

  /** Random series, shapes and splits: properties of a split, checked by brute force. */
  @Test
  void neverLetsAWindowReadTheTargetsOfALaterPart() {
    Random random = new Random(2);
    int trainings = 0;
    for (int k = 0; k < 2000; k++) {
      WindowSpec window =
          new WindowSpec(1 + random.nextInt(20), 1 + random.nextInt(8), 1 + random.nextInt(4));
      SplitSpec splits =
          new SplitSpec(
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(5),
              random.nextInt(12));
      Segment series = SampleSeries.series("a", 1 + random.nextInt(120), 1, k);
      int end = series.length() - splits.holdoutSteps();
      int validation = end - splits.folds() * window.horizon();
      int calibration = validation - splits.calibrationFolds() * window.horizon();
      trainings += within(origins(splits, window, series, Split.TRAIN), window, 1, calibration);
      within(origins(splits, window, series, Split.CALIBRATION), window, calibration, validation);
      within(origins(splits, window, series, Split.VALIDATION), window, validation, end);
      within(origins(splits, window, series, Split.TEST), window, end, series.length());
      for (Split part : Split.values()) {
        assertThat(splits.windows(window, series.length(), part))
            .isEqualTo(origins(splits, window, series, part).size());
      }
    }
    assertThat(trainings).isGreaterThan(10_000);
  }

  private static int within(List<Integer> origins, WindowSpec window, int from, int to) {
    for (int origin : origins) {
      assertThat(origin).isGreaterThanOrEqualTo(Math.max(1, from));
      assertThat(origin + window.horizon()).isLessThanOrEqualTo(to);
    }
    return origins.size();
  }

  @Test
  void givesEveryWindowToExactlyOnePieceOfALongSeries() {
    Random random = new Random(4);
    for (int k = 0; k < 300; k++) {
      WindowSpec window =
          new WindowSpec(1 + random.nextInt(20), 1 + random.nextInt(8), 1 + random.nextInt(4));
      SplitSpec splits = new SplitSpec(2, 1, random.nextInt(2), random.nextInt(3), 3);
      Segment whole = SampleSeries.series("a", 40 + random.nextInt(400), 1, k);
      int most = window.contextLength() + window.horizon() + random.nextInt(60);
      List<Segment> pieces = SegmentCutter.cut(whole, window, most);
      for (Split part : Split.values()) {
        List<Integer> found = new ArrayList<>();
        pieces.forEach(p -> found.addAll(origins(splits, window, p, part)));
        assertThat(found).isEqualTo(origins(splits, window, whole, part));
      }
      assertThat(pieces).allSatisfy(p -> assertThat(p.length()).isLessThanOrEqualTo(most));
    }
  }

  @Test
  void forecastsASeriesOfOneStepAndSkipsAnEmptyOne() {
    WindowSpec window = new WindowSpec(20, 10, 1);
    SplitSpec splits = new SplitSpec(1, 1, 0, 0, 0);
    assertThat(origins(splits, window, SampleSeries.series("a", 1, 1, 1), Split.FUTURE))
        .containsExactly(1);
    assertThat(origins(splits, window, SampleSeries.series("a", 0, 1, 1), Split.FUTURE)).isEmpty();
  }

  @Test
  void trainsOnTheLatestStepsWhateverTheStride() {
    Segment series = SampleSeries.series("a", 97, 1, 1);
    SplitSpec all = new SplitSpec(1, 1, 0, 0, 0).trainingOnAll();
    Set<Integer> origins =
        new TreeSet<>(origins(all, new WindowSpec(8, 5, 7), series, Split.TRAIN));
    assertThat(origins).contains(92);
  }

  @Test
  void namesTheKeyOfANegativeSetting() {
    assertThatThrownBy(() -> new SplitSpec(-1, 0, 0, 0, 0))
        .hasMessageContaining("folds must be >= 0, found -1 (key split.folds)");
  }
}
