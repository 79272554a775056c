package io.longcast.model.dl4j;

import io.longcast.model.NetworkInputs;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Windows as DL4J sees them, a row each: context, its observed flags, past covariates, known
 * covariates, static codes, number of padded steps. Labels: targets in raw units, NaN where not
 * observed.
 */
public final class WindowRows {
  private WindowRows() {}

  /** Numbers a row. */
  public static int width(NetworkInputs inputs) {
    int context = inputs.contextLength();
    return 2 * context
        + inputs.pastCovariates() * context
        + inputs.knownCovariates() * (context + inputs.horizon())
        + inputs.categories().size()
        + 1;
  }

  /** An empty batch for such windows. */
  static WindowBatch batch(NetworkInputs inputs, int capacity) {
    return new WindowBatch(
        capacity,
        new WindowSpec(inputs.contextLength(), inputs.horizon(), 1),
        inputs.pastCovariates(),
        inputs.knownCovariates(),
        inputs.categories().size());
  }

  /** A batch as features {@code [size, width]} and labels {@code [size, horizon]}. */
  public static DataSet dataSet(WindowBatch batch, NetworkInputs inputs) {
    int width = width(inputs);
    float[] features = new float[batch.size() * width];
    float[] labels = new float[batch.size() * inputs.horizon()];
    for (int i = 0; i < batch.size(); i++) {
      writeRow(batch, inputs, i, features, i * width);
    }
    for (int at = 0; at < labels.length; at++) {
      labels[at] = batch.targetObserved()[at] != 0 ? batch.target()[at] : Float.NaN;
    }
    return new DataSet(
        Nd4j.createFromArray(features).reshape(batch.size(), width),
        Nd4j.createFromArray(labels).reshape(batch.size(), inputs.horizon()));
  }

  private static void writeRow(WindowBatch batch, NetworkInputs inputs, int i, float[] to, int at) {
    int context = inputs.contextLength();
    int past = inputs.pastCovariates() * context;
    int known = inputs.knownCovariates() * (context + inputs.horizon());
    int statics = inputs.categories().size();
    System.arraycopy(batch.context(), i * context, to, at, context);
    System.arraycopy(batch.contextObserved(), i * context, to, at + context, context);
    System.arraycopy(batch.past(), i * past, to, at + 2 * context, past);
    System.arraycopy(batch.known(), i * known, to, at + 2 * context + past, known);
    int rest = at + 2 * context + past + known;
    for (int k = 0; k < statics; k++) {
      to[rest + k] = batch.statics()[i * statics + k];
    }
    to[rest + statics] = batch.padding(i);
  }

  /**
   * Reads rows back into a batch.
   *
   * @param labels or null
   * @param mask of the labels, or null
   */
  static void read(
      INDArray features, INDArray labels, INDArray mask, NetworkInputs inputs, WindowBatch batch) {
    batch.clear();
    int size = (int) features.size(0);
    int width = width(inputs);
    float[] rows = floats(features);
    for (int i = 0; i < size; i++) {
      readRow(rows, i * width, inputs, batch);
    }
    if (labels == null) {
      return;
    }
    float[] targets = floats(labels);
    float[] counts = mask == null ? null : floats(mask);
    for (int at = 0; at < size * inputs.horizon(); at++) {
      boolean observed = !Float.isNaN(targets[at]) && (counts == null || counts[at] != 0);
      batch.target()[at] = observed ? targets[at] : 0;
      batch.targetObserved()[at] = observed ? 1 : 0;
    }
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  private static void readRow(float[] rows, int at, NetworkInputs inputs, WindowBatch batch) {
    int context = inputs.contextLength();
    int past = inputs.pastCovariates() * context;
    int known = inputs.knownCovariates() * (context + inputs.horizon());
    int statics = inputs.categories().size();
    int rest = at + 2 * context + past + known;
    int i = batch.add(null, 0, 0, (int) rows[rest + statics]);
    System.arraycopy(rows, at, batch.context(), i * context, context);
    System.arraycopy(rows, at + context, batch.contextObserved(), i * context, context);
    System.arraycopy(rows, at + 2 * context, batch.past(), i * past, past);
    System.arraycopy(rows, at + 2 * context + past, batch.known(), i * known, known);
    for (int k = 0; k < statics; k++) {
      batch.statics()[i * statics + k] = (int) rows[rest + k];
    }
  }
}
