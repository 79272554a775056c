package io.longcast.anomaly;

import io.longcast.series.Segment;
import java.io.Serializable;

/**
 * The part of a series that one task scores. All steps are counted from the start of the series.
 *
 * @param index of the chunk in its series, from 0
 * @param isLast whether the series ends with it
 * @param head the rows that scores learn from, of a series at its first step
 * @param rows those of the warm-up and of the chunk, and before them what forecasts, and in the
 *     first chunk events, look back on
 * @param state of the series: new, or as an earlier run saved it
 * @param expected what was expected of the steps before the warm-up, in steps of {@link #rows}
 * @param earlier results of the last steps before the first that is scored, in steps of {@link
 *     #rows}; none in later chunks
 * @param learning rows that scores learn from
 * @param warm first step of the warm-up; the state takes it for the one after its last
 * @param from first step that is scored
 * @param to end of the steps
 */
record Chunk(
    int index,
    boolean isLast,
    Segment head,
    Segment rows,
    SeriesState state,
    Expectations expected,
    StepResults earlier,
    int learning,
    long warm,
    long from,
    long to)
    implements Serializable {

  ChunkKey key() {
    return new ChunkKey(rows.seriesId(), index);
  }

  /** A step of the series as one of {@link #rows}. */
  int at(long step) {
    return (int) (step - rows.seriesStep());
  }
}
