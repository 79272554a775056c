package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/** The last values of a signal, each written twice so that they always lie in a row. */
final class Recent implements Serializable {
  private static final long serialVersionUID = 1L;
  private final int size;
  private final float[] values;
  private int newest;

  /** All values are 0 at first. */
  Recent(int size) {
    this.size = size;
    values = new float[2 * size];
    newest = size - 1;
  }

  void fill(float value) {
    Arrays.fill(values, value);
  }

  void add(float value) {
    newest = newest + 1 == 2 * size ? size : newest + 1;
    values[newest] = value;
    values[newest - size] = value;
  }

  /** The value so many rows before the last one. */
  float back(int rows) {
    return values[newest - rows];
  }

  float[] values() {
    return values;
  }

  /** Where the last value lies; {@code size - 1} values lie before it. */
  int newest() {
    return newest;
  }

  void fields(StateFields fields) {
    float[] ordered = new float[size];
    for (int i = 0; i < size; i++) {
      ordered[i] = fields.single(back(size - 1 - i));
    }
    System.arraycopy(ordered, 0, values, 0, size);
    System.arraycopy(ordered, 0, values, size, size);
    newest = 2 * size - 1;
  }
}
