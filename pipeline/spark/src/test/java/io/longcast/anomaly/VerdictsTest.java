package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.Verdicts.Count;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final int STEPS = 4000;
  private static final List<Segment> FLEET = Machines.fleet(2, STEPS, (m, v, o) -> {});

  /** Two alarms a series and week: about 44 in these steps. */
  private static final DetectorConfig DETECTION = detection();

  private static DetectorConfig detection() {
    DetectorContext plan = Machines.plan(Machines.spec(2, 0));
    ScoreCalibration scores = LocalDetection.calibrate(FLEET, plan, Segment::length);
    return DetectorConfig.of(plan, scores, Machines.STEPS_PER_WEEK, 2, "model");
  }

  private static Verdicts verdicts(Count... counts) {
    return Verdicts.of(VerdictSpec.DEFAULT, Machines.LAYOUT.channels(), List.of(counts));
  }

  private static ScoredSeries scored(int machine, Verdicts verdicts) {
    try (WindowForecaster forecaster = DETECTION.plan().model().open()) {
      return new SeriesDetection(DETECTION.under(verdicts), forecaster)
          .score(FLEET.get(machine), Optional.empty());
    }
  }

  private static long alarms(ScoredSeries scored, int channel) {
    return IntStream.range(scored.from(), scored.to())
        .filter(step -> scored.isAnomaly(channel, step))
        .count();
  }

  @Test
  void falseAlarmsHalveTheAlarmsOfTheirSeriesAndChannel() {
    ScoredSeries before = scored(0, Verdicts.NONE);
    Verdicts judged =
        verdicts(new Count("machine-0", "heat", 3, 0), new Count("machine-0", "hum", 3, 0));
    ScoredSeries after = scored(0, judged);
    long events = before.allEvents().count();
    assertThat(events).isBetween(30L, 60L);
    // A share of an eighth, of which a series of this length gets a few.
    assertThat(after.allEvents().count()).isBetween(1L, events / 4);
    assertThat(after.surprisal(0, 2000)).isEqualTo(before.surprisal(0, 2000));
    assertThat(after.threshold(0, after.from()) - before.threshold(0, before.from()))
        .isCloseTo(3 * Math.log(2), within(1e-6));
    assertThat(DetectCounts.of(after, 2, DETECTION.suppressors()).lines())
        .anyMatch(line -> line.matches("\\d+ alarms suppressed by verdicts \\(false_alarm\\)"));
    assertThat(scored(1, judged).allEvents().count())
        .isEqualTo(scored(1, Verdicts.NONE).allEvents().count());
  }

  @Test
  void oneChannelIsHeldBackAndTheOtherIsNot() {
    ScoredSeries before = scored(0, Verdicts.NONE);
    ScoredSeries after = scored(0, verdicts(new Count("machine-0", "heat", 4, 0)));
    assertThat(alarms(after, 0)).isLessThan(alarms(before, 0) / 2);
    assertThat(alarms(after, 1)).isGreaterThan(alarms(before, 1) / 2);
  }

  @Test
  void trueAlarmsMakeAChannelMoreSensitive() {
    long before = scored(0, Verdicts.NONE).allEvents().count();
    Verdicts judged =
        verdicts(new Count("machine-0", "heat", 0, 1), new Count("machine-0", "hum", 0, 5));
    long after = scored(0, judged).allEvents().count();
    assertThat(after).isGreaterThan(before * 5 / 4);
  }

  @Test
  void bothAreBoundedAndWeighedAgainstEachOther() {
    Verdicts many = verdicts(new Count("a", "heat", 50, 0), new Count("b", "hum", 0, 50));
    assertThat(many.offsets("a", 2)).containsExactly(4 * Math.log(2), 0);
    assertThat(many.offsets("b", 2)).containsExactly(0, -Math.log(2));
    assertThat(many.budgetShare("a")).isEqualTo((1 / 16.0 + 1) / 2);
    assertThat(many.budgetShare("b")).isEqualTo(1.5);
    assertThat(many.budgetShare("c")).isEqualTo(1);
    assertThat(verdicts(new Count("a", "heat", 3, 3)).offsets("a", 2)).containsOnly(0);
    assertThat(verdicts(new Count("a", "cold", 3, 0)).lines()).isEmpty();
    assertThat(many.lines())
        .containsExactly(
            "verdicts on 2 series: 50 false alarms, 50 true alarms; thresholds of 1 channels lowered"
                + " by 0.69 (2 times as many alarms), thresholds of 1 channels raised by 2.77 (1/16"
                + " as many alarms)");
  }

  /** Verdicts go to the executors. */
  @Test
  void areSerializable() {
    Verdicts judged = verdicts(new Count("a", "heat", 2, 0));
    assertThat(SerializationUtils.<Verdicts>clone(judged).offsets("a", 2))
        .isEqualTo(judged.offsets("a", 2));
  }
}
