package io.longcast.anomaly;

import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.series.SeriesValues;
import io.longcast.state.StateFormat;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * All that a later detection resumes from: the state of the scores, the last steps of the series,
 * which forecasts and reports of events look back on, and what was expected of them. The bytes are
 * those of {@link io.longcast.table.DetectorStatesTable}. Of bounded size, except for rows without
 * a grid, which are all kept while an event is open.
 *
 * @param state of the scores, alarms and events
 * @param past the last steps that the state has taken
 * @param expected of the last ones of these
 * @param results of the last ones of these
 */
record SavedSeries(SeriesState state, Segment past, Expectations expected, StepResults results)
    implements Serializable {
  private static final StateFormat FORMAT =
      new StateFormat(
          "series state",
          2,
          "start the series anew with anomaly.resume = false (key anomaly.resume)");

  /**
   * What is to be saved after the last step of a segment.
   *
   * @param segment with the steps that {@link DetectorContext#history} asks for
   * @param expectations of its last steps
   * @param results of its last steps
   */
  static SavedSeries of(
      SeriesState state,
      Segment segment,
      Expectations expectations,
      StepResults results,
      DetectorContext plan) {
    int end = segment.length();
    boolean rows = segment.axis() instanceof RowAxis;
    long taken = segment.seriesStep() + end;
    long event = (rows ? state.openSince(taken) : state.eventSince(taken)) - segment.seriesStep();
    int from = (int) Math.max(0, event - plan.history());
    int known = end + plan.cutter().window().horizon();
    Segment past = segment.slice(from, end, known, from, end + 1);
    int looked = (int) Math.max(from, event - plan.expectedBack());
    return new SavedSeries(
        state, plain(past), expectations.since(looked).from(from), results.last(end).from(from));
  }

  /**
   * Values packed anew, and no bits of what was observed where all was, so that equal states have
   * equal bytes.
   */
  private static Segment plain(Segment past) {
    SeriesValues[] values = new SeriesValues[past.rows()];
    Arrays.setAll(values, row -> past.row(row).repacked());
    long[][] observed = new long[past.observedChannels()][];
    for (int c = 0; c < observed.length; c++) {
      observed[c] = isWhole(past.observed(c), past.length()) ? null : past.observed(c);
    }
    return new Segment(
        past.seriesId(),
        past.seriesStep(),
        past.seriesLength(),
        past.axis(),
        past.length(),
        values,
        Arrays.stream(observed).allMatch(Objects::isNull) ? null : observed,
        past.statics(),
        past.originFrom(),
        past.originTo(),
        past.weight());
  }

  private static boolean isWhole(long[] bits, int length) {
    return bits == null || Arrays.stream(bits).mapToInt(Long::bitCount).sum() == length;
  }

  byte[] toBytes() {
    byte[] steps = new SegmentCodec().bytes(past);
    return FORMAT.write(
        fields -> {
          fields.bytes(state.toBytes(), Integer.MAX_VALUE);
          fields.bytes(steps, Integer.MAX_VALUE);
          Expectations.field(fields, expected, state.channels(), past.length());
          StepResults.field(fields, results, state.channels(), past.length());
        });
  }

  /**
   * Restores what {@link #toBytes} saved.
   *
   * @throws io.longcast.state.StateFormatException if the bytes are no state of this version and
   *     detector
   */
  static SavedSeries fromBytes(byte[] bytes, DetectorSpec detector, int channels) {
    return FORMAT.read(
        bytes,
        fields -> {
          byte[] state = fields.bytes(new byte[0], Integer.MAX_VALUE);
          Segment past = new SegmentCodec().segment(fields.bytes(new byte[0], Integer.MAX_VALUE));
          Expectations none = new Expectations(channels, 0, 0);
          StepResults nothing = new StepResults(channels, 0, 0);
          return new SavedSeries(
              SeriesState.fromBytes(state, detector, channels),
              past,
              Expectations.field(fields, none, channels, past.length()),
              StepResults.field(fields, nothing, channels, past.length()));
        });
  }
}
