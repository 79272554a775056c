package io.longcast.train;

import io.longcast.window.WindowBatch;
import java.util.Arrays;

/** Single windows of a batch: their names, their copies, and taking them out of a loss. */
final class Windows {
  private Windows() {}

  /** Series, channel and position of the origin in the series: the same in every run. */
  static String name(WindowBatch batch, int i) {
    long origin = batch.segment(i).seriesStep() + batch.origin(i);
    return batch.segment(i).seriesId() + ", channel " + batch.channel(i) + ", origin " + origin;
  }

  /** Copies window {@code i} into a batch of the same shape. */
  static void copy(WindowBatch from, int i, WindowBatch into) {
    int j = into.add(from.segment(i), from.channel(i), from.origin(i), from.padding(i));
    into.offset(j, from.offset(i));
    int context = from.contextLength();
    int horizon = from.horizon();
    int past = from.pastCovariates() * context;
    int known = from.knownCovariates() * (context + horizon);
    System.arraycopy(from.context(), i * context, into.context(), j * context, context);
    System.arraycopy(
        from.contextObserved(), i * context, into.contextObserved(), j * context, context);
    System.arraycopy(from.target(), i * horizon, into.target(), j * horizon, horizon);
    System.arraycopy(
        from.targetObserved(), i * horizon, into.targetObserved(), j * horizon, horizon);
    System.arraycopy(from.past(), i * past, into.past(), j * past, past);
    System.arraycopy(from.known(), i * known, into.known(), j * known, known);
    int statics = from.staticCovariates();
    System.arraycopy(from.statics(), i * statics, into.statics(), j * statics, statics);
  }

  /** Turns window {@code i} into zeros that were not observed: it enters no loss. */
  static void blank(WindowBatch batch, int i) {
    int context = batch.contextLength();
    int horizon = batch.horizon();
    zero(batch.context(), i, context);
    zero(batch.contextObserved(), i, context);
    zero(batch.target(), i, horizon);
    zero(batch.targetObserved(), i, horizon);
    zero(batch.past(), i, batch.pastCovariates() * context);
    zero(batch.known(), i, batch.knownCovariates() * (context + horizon));
  }

  private static void zero(float[] values, int i, int size) {
    Arrays.fill(values, i * size, (i + 1) * size, 0f);
  }

  /** Largest absolute value among a window's inputs and targets; NaN or infinite where one is. */
  static float largest(WindowBatch batch, int i) {
    int context = batch.contextLength();
    int horizon = batch.horizon();
    float largest = largest(batch.context(), i, context, 0f);
    largest = largest(batch.target(), i, horizon, largest);
    largest = largest(batch.past(), i, batch.pastCovariates() * context, largest);
    return largest(batch.known(), i, batch.knownCovariates() * (context + horizon), largest);
  }

  private static float largest(float[] values, int i, int size, float soFar) {
    float largest = soFar;
    for (int k = i * size; k < (i + 1) * size; k++) {
      // Math.max keeps a NaN.
      largest = Math.max(largest, Math.abs(values[k]));
    }
    return largest;
  }

  /** Which of a window's inputs holds its largest value. */
  static String largestInput(WindowBatch batch, int i) {
    float largest = largest(batch, i);
    int context = batch.contextLength();
    int horizon = batch.horizon();
    String place =
        holder(batch.context(), i, context, "context value", largest)
            + holder(batch.target(), i, horizon, "target step", largest)
            + holder(batch.past(), i, batch.pastCovariates() * context, "past covariate", largest)
            + holder(
                batch.known(),
                i,
                batch.knownCovariates() * (context + horizon),
                "known covariate",
                largest);
    return place + "= " + largest;
  }

  private static String holder(float[] values, int i, int size, String name, float largest) {
    for (int k = 0; k < size; k++) {
      if (Float.compare(Math.abs(values[i * size + k]), largest) == 0) {
        return name + " " + k + " ";
      }
    }
    return "";
  }
}
