package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The first rows of a series, kept until their robust scale is known. */
final class LearningRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private final int channels;
  private final int capacity;
  private final List<Row> rows = new ArrayList<>();

  LearningRows(int channels, int capacity) {
    this.channels = channels;
    this.capacity = capacity;
  }

  /** One row: its time and, by channel, value, expectation and scale. */
  private record Row(long micros, double[] values, double[] expected, double[] spread)
      implements Serializable {

    static Row field(StateFields fields, Row now) {
      Row row = new Row(fields.number(now.micros), now.values, now.expected, now.spread);
      fields.reals(row.values);
      fields.reals(row.expected);
      fields.reals(row.spread);
      return row;
    }
  }

  /** What takes a row that was kept. */
  interface Taker {
    void next(long micros, double[] values, double[] expected, double[] spread);
  }

  /** Keeps a row; whether it was the last. */
  boolean add(long micros, double[] values, double[] expected, double[] spread) {
    rows.add(new Row(micros, values.clone(), expected.clone(), spread.clone()));
    return rows.size() == capacity;
  }

  Robust[] scales() {
    Robust[] scales = new Robust[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = Robust.of(column(c));
    }
    return scales;
  }

  /** The values of a channel. */
  double[] column(int channel) {
    return rows.stream().mapToDouble(row -> row.values[channel]).toArray();
  }

  void replay(Taker taker) {
    rows.forEach(row -> taker.next(row.micros, row.values, row.expected, row.spread));
  }

  /** The rows so far. */
  void fields(StateFields fields) {
    int count = fields.count(rows.size(), capacity - 1);
    for (int i = 0; i < count; i++) {
      if (i == rows.size()) {
        rows.add(new Row(0, new double[channels], new double[channels], new double[channels]));
      }
      rows.set(i, Row.field(fields, rows.get(i)));
    }
  }
}
