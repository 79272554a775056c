package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.clean.CategoryCodes;
import io.longcast.config.InvalidSettingsException;
import io.longcast.config.RunFile;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.settings.SettingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

/** One spike of heat at step 1000, 30 above what is expected, at Sunday 11 February, 16:00 UTC. */
class AlarmRulesTest {
  private static final int STEPS = 1200;
  private static final int AT = 1000;
  private static final List<Segment> USUAL = Machines.fleet(4, STEPS, (m, v, o) -> {});
  private static final Segment SPIKE =
      Machines.fleet(1, STEPS, (m, values, o) -> values[0][AT] += 30).get(0);

  private static RulesSpec rules(String... words) {
    return RunFile.read(Optional.empty(), List.of(words)).spec().rules();
  }

  /** Rules go to the executors. */
  @Test
  void areSerializable() {
    AlarmRules rules =
        new AlarmRules(
            rules(
                "rules.deviations=[{name=a,least=1,only=above}]",
                "rules.maintenance=[{name=n,from=\"22:00\",to=\"04:00\"}]"),
            Machines.LAYOUT,
            CategoryCodes.none());
    assertThat(SerializationUtils.<AlarmRules>clone(rules).names()).containsExactly("a", "n");
  }

  private static ScoredSeries scored(String... words) {
    AlarmRules rules = new AlarmRules(rules(words), Machines.LAYOUT, CategoryCodes.none());
    DetectorContext plan = Machines.plan(Machines.spec(.5, 0));
    ScoreCalibration scores = LocalDetection.calibrate(USUAL, plan, Segment::length);
    DetectorConfig detection =
        DetectorConfig.of(plan, scores, Machines.STEPS_PER_WEEK, 4, "model").under(rules);
    try (WindowForecaster forecaster = plan.model().open()) {
      return new SeriesDetection(detection, forecaster).score(SPIKE, Optional.empty());
    }
  }

  private static boolean isFound(ScoredSeries scored) {
    return scored.allEvents().anyMatch(report -> report.event().start() == AT);
  }

  @Test
  void suppressesWhatIsUnwantedAndLeavesTheScores() {
    ScoredSeries without = scored();
    assertThat(isFound(without)).isTrue();
    assertThat(without.isAnomaly(0, AT)).isTrue();
    for (String unwanted :
        List.of("least=40", "leastShare=3", "only=below", "least=40,channels=[heat]")) {
      ScoredSeries ruled = scored("rules.deviations=[{name=small," + unwanted + "}]");
      assertThat(isFound(ruled)).as(unwanted).isFalse();
      assertThat(ruled.isAnomaly(0, AT)).isFalse();
      assertThat(ruled.surprisal(0, AT)).isEqualTo(without.surprisal(0, AT));
      assertThat(DetectCounts.of(ruled, 2, List.of("small")).lines())
          .anyMatch(line -> line.matches("\\d+ alarms suppressed by rule small"));
    }
  }

  @Test
  void leavesAlarmsThatARuleIsNotAbout() {
    for (String other :
        List.of(
            "least=10",
            "leastShare=0.1",
            "only=above",
            "least=40,channels=[hum]",
            "least=40,series=[\"machine-[1-9]\"]")) {
      assertThat(isFound(scored("rules.deviations=[{name=small," + other + "}]")))
          .as(other)
          .isTrue();
    }
  }

  @Test
  void maintenanceNeitherAlarmsNorTeaches() {
    String once = "{name=move,from=\"2024-02-11T00:00:00Z\",to=\"2024-02-12T00:00:00Z\"}";
    ScoredSeries maintained = scored("rules.maintenance=[" + once + "]");
    assertThat(isFound(maintained)).isFalse();
    assertThat(maintained.isAnomaly(0, AT)).isFalse();
    // What is usual is not learned from the spike, and no level remembers it.
    assertThat(surprisals(maintained)).isLessThan(surprisals(scored()) / 2);
    String before = "{name=move,from=\"2024-02-10T00:00:00Z\",to=\"2024-02-11T00:00:00Z\"}";
    assertThat(isFound(scored("rules.maintenance=[" + before + "]"))).isTrue();
  }

  /** Of the steps after the spike, before the forecast repeats it. */
  private static double surprisals(ScoredSeries scored) {
    return IntStream.range(AT + 8, AT + 24).mapToDouble(step -> scored.surprisal(0, step)).sum();
  }

  /** Berlin is an hour ahead; the interval of Saturday reaches into Sunday. */
  @Test
  void weeklyIntervalsAreLocalAndGoOverMidnight() {
    MaintenanceRule night =
        MaintenanceRule.of(
            rules(
                    "rules.maintenance=[{name=n,days=[saturday],from=\"22:00\",to=\"04:00\","
                        + "zone=Europe/Berlin}]")
                .maintenance()
                .get(0));
    assertThat(night.isDuring(Instant.parse("2024-02-10T21:00:00Z"))).isTrue();
    assertThat(night.isDuring(Instant.parse("2024-02-11T02:59:00Z"))).isTrue();
    assertThat(night.isDuring(Instant.parse("2024-02-11T03:00:00Z"))).isFalse();
    assertThat(night.isDuring(Instant.parse("2024-02-10T20:59:00Z"))).isFalse();
    assertThat(night.isDuring(Instant.parse("2024-02-11T21:30:00Z"))).isFalse();
    // Summer time: two hours ahead.
    assertThat(night.isDuring(Instant.parse("2024-06-01T20:00:00Z"))).isTrue();
  }

  @Test
  void refusesRulesThatCannotHold() {
    assertThatThrownBy(() -> rules("rules.deviations=[{name=a}]"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("a needs one of least, leastShare and only");
    assertThatThrownBy(() -> rules("rules.maintenance=[{name=a,from=\"22:00\",to=\"25:00\"}]"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("found 25:00");
    assertThatThrownBy(() -> scored("rules.deviations=[{name=a,least=1,channels=[heet]}]"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("one of the channels [heat, hum], found heet");
  }
}
