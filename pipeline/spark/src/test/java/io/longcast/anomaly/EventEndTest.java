package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.event.Event;
import io.longcast.series.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where events end: with the fault, not with the memory of the scores. */
class EventEndTest {
  private static final int STEPS = 1500;
  private static final int AT = 1000;

  private static List<Event> events(Machines.Fault fault) {
    List<Segment> usual = Machines.fleet(4, STEPS, (m, v, o) -> {});
    DetectorContext plan = Machines.plan(Machines.spec(.5, 0));
    ScoreCalibration scores = LocalDetection.calibrate(usual, plan, Segment::length);
    DetectorConfig detection = DetectorConfig.of(plan, scores, Machines.STEPS_PER_WEEK, 4, "model");
    return LocalDetection.events(Machines.fleet(1, STEPS, fault), detection).get(0).stream()
        .filter(event -> event.end() > AT && event.start() < AT + 200)
        .toList();
  }

  private static Machines.Fault lifts(int from, int to) {
    return (machine, values, observed) -> {
      for (int t = from; t < to; t++) {
        values[0][t] += 40;
      }
    };
  }

  /** The naive forecast repeats the spike a day later, and the level remembers it for longer. */
  @Test
  void aSpikeIsAnEventOfOneStep() {
    List<Event> events = events(lifts(AT, AT + 1));
    assertThat(events).hasSize(1);
    assertThat(events.get(0).start()).isEqualTo(AT);
    assertThat(events.get(0).end()).isEqualTo(AT + 1);
  }

  @Test
  void aShiftEndsWithItsLastStep() {
    List<Event> events = events(lifts(AT, AT + 10));
    assertThat(events).hasSize(1);
    assertThat(events.get(0).start()).isEqualTo(AT);
    assertThat(events.get(0).end()).isEqualTo(AT + 10);
  }

  /** Scores are high throughout; two faults are two events. */
  @Test
  void anotherFaultWhileScoresRememberTheFirstIsAnotherEvent() {
    List<Event> events =
        events(
            (machine, values, observed) -> {
              lifts(AT, AT + 3).strike(machine, values, observed);
              lifts(AT + 30, AT + 33).strike(machine, values, observed);
            });
    assertThat(events).extracting(Event::start).containsExactly((long) AT, AT + 30L);
    assertThat(events).extracting(Event::end).containsExactly(AT + 3L, AT + 33L);
  }

  @Test
  void aMissingChannelIsAnEventUntilItComesBack() {
    List<Event> events =
        events(
            (machine, values, observed) -> {
              for (int t = AT; t < AT + 40; t++) {
                observed[1][t] = false;
                values[1][t] = values[1][AT - 1];
              }
            });
    assertThat(events).isNotEmpty();
    assertThat(events.get(events.size() - 1).end()).isBetween(AT + 40L, AT + 41L);
  }
}
