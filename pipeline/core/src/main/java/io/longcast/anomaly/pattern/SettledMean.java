package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;

/** The mean of a component over some of the last rows. */
final class SettledMean implements Serializable {
  private static final long serialVersionUID = 1L;
  private final int near;
  private final int far;
  private final Recent recent;
  private double sum;

  /**
   * @param near rows between the last one and the newest that counts, at least 0
   * @param far rows between the last one and the newest that counts no more, above near
   */
  SettledMean(int near, int far) {
    this.near = near;
    this.far = far;
    recent = new Recent(far + 1);
  }

  float next(float value) {
    recent.add(value);
    sum += (double) recent.back(near) - recent.back(far);
    return (float) (sum / (far - near));
  }

  void fields(StateFields fields) {
    recent.fields(fields);
    sum = fields.real(sum);
  }
}
