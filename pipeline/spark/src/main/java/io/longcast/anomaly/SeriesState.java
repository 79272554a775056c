package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRateController;
import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventBuilder;
import io.longcast.anomaly.event.EventReport;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The state of detection for one series: scores, alarm rate control and the open event. Its size
 * does not depend on the number of rows; a saved and restored state gives the same results.
 */
final class SeriesState implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final StateFormat FORMAT =
      new StateFormat(
          "detector state",
          4,
          "restart the series with anomaly.resume = false (key anomaly.resume), a stream also with"
              + " another folder for stream.checkpoint");

  private final DetectorSpec detector;
  private final SeriesScorer scorer;
  private final AlarmRateController control;
  private final EventBuilder events;
  private long taken;

  private SeriesState(
      DetectorSpec detector,
      SeriesScorer scorer,
      AlarmRateController control,
      EventBuilder events,
      long taken) {
    this.detector = detector;
    this.scorer = scorer;
    this.control = control;
    this.events = events;
    this.taken = taken;
  }

  /** A series at its first step. */
  static SeriesState start(DetectorSpec detector, int channels, int learningRows, AlarmRule rule) {
    return new SeriesState(
        detector,
        new SeriesScorer(detector.parts(channels, learningRows), channels),
        new AlarmRateController(rule),
        new EventBuilder(channels),
        0);
  }

  /** Steps taken so far. */
  long taken() {
    return taken;
  }

  SeriesScorer scorer() {
    return scorer;
  }

  /** The surprisal from which the next step is an alarm. */
  double threshold() {
    return control.threshold();
  }

  /**
   * Judges the next step.
   *
   * @param isBack whether its values are back within what was expected before the last event
   */
  Verdict judge(double surprisal, BooleanSupplier isBack) {
    taken++;
    return control.next(taken - 1, surprisal, isBack);
  }

  /** The event that began last. */
  EventBuilder lastEvent() {
    return events;
  }

  /**
   * This state under the rule of a run whose budget may be another than the one it was saved in.
   */
  SeriesState under(AlarmRule rule) {
    return new SeriesState(detector, scorer, control.under(rule), events, taken);
  }

  /** This state, as if it had taken so many steps. */
  SeriesState at(long steps) {
    return new SeriesState(detector, scorer, control, events, steps);
  }

  /** The scores of another state of the series with the alarms and events of this one. */
  SeriesState withScores(SeriesState other) {
    return new SeriesState(other.detector, other.scorer, control, events, taken);
  }

  /** Takes a step during warm-up, which raises no alarm. */
  void pass() {
    taken++;
  }

  /** The event that ended with the last step. */
  Optional<Event> event(Verdict verdict, EventBuilder.View view) {
    return events.next(taken - 1, verdict, view);
  }

  /** Channels of the series. */
  int channels() {
    return events.channels();
  }

  /**
   * First step of an event that is open, or that scores still remember; {@code otherwise} without
   * one.
   */
  long openSince(long otherwise) {
    return control.isHigh() ? events.start() : otherwise;
  }

  /**
   * First step that the report of such an event looks at, or {@code otherwise}: its first one, or
   * of a long event the first of its last {@link EventReport#LONGEST}.
   */
  long eventSince(long otherwise) {
    return Math.max(openSince(otherwise), otherwise - EventReport.LONGEST);
  }

  /** The event that is open at the end of the data. */
  Optional<Event> unfinished() {
    return events.unfinished(taken);
  }

  /** The scores of the last step. */
  EventBuilder.View view() {
    return new EventBuilder.View() {
      @Override
      public double surprisal(int channel) {
        return scorer.surprisal(channel);
      }

      @Override
      public ComponentSpec.Kind part(int channel) {
        return scorer.parts().kind(scorer.leading(channel));
      }

      @Override
      public double usualError(int channel) {
        return scorer.usualError(channel);
      }
    };
  }

  /** An independent copy. */
  SeriesState copy() {
    return fromBytes(toBytes(), detector, events.channels());
  }

  /** The state as stored in {@link io.longcast.table.DetectorStatesTable}. */
  byte[] toBytes() {
    return FORMAT.write(
        fields -> {
          head(fields, detector, events.channels(), scorer.parts().learningRows());
          body(fields);
        });
  }

  /**
   * Restores what {@link #toBytes} saved.
   *
   * @param detector that the state was saved under
   * @param channels of the series
   * @throws io.longcast.state.StateFormatException if the bytes are no state of this version and
   *     detector
   */
  static SeriesState fromBytes(byte[] bytes, DetectorSpec detector, int channels) {
    return FORMAT.read(
        bytes,
        fields -> {
          int learningRows = head(fields, detector, channels, 1);
          return start(detector, channels, learningRows, AlarmRule.NONE).body(fields);
        });
  }

  /** What must be known to make a state whose fields can be filled: the rows it learns from. */
  private static int head(
      StateFields fields, DetectorSpec detector, int channels, int learningRows) {
    fields.same("detector", detector.layout(channels));
    return fields.count(learningRows, Integer.MAX_VALUE);
  }

  private SeriesState body(StateFields fields) {
    scorer.fields(fields);
    AlarmRateController alarms = AlarmRateController.field(fields, control);
    events.fields(fields);
    return new SeriesState(detector, scorer, alarms, events, fields.number(taken));
  }
}
