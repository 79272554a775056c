package io.longcast.model.network;

import io.longcast.model.NetworkInputs;
import io.longcast.window.WindowBatch;

/**
 * Brings covariates to unit scale within their window: mean 0 and deviation 1 over the steps that
 * are not padding. Calendar covariates lie in [-1, 1] and stay as they are.
 */
final class CovariateScaling {
  private static final double FLOOR = 1e-3;
  private static final double TINY = 1e-30;
  private static final double BOUND = 20;

  private final NetworkInputs inputs;

  CovariateScaling(NetworkInputs inputs) {
    this.inputs = inputs;
  }

  void scale(WindowBatch batch, ScaledBatch into) {
    int context = inputs.contextLength();
    int whole = context + inputs.horizon();
    for (int i = 0; i < batch.size(); i++) {
      int padding = Math.min(batch.padding(i), context - 1);
      for (int k = 0; k < inputs.pastCovariates(); k++) {
        int at = (i * inputs.pastCovariates() + k) * context;
        standardize(batch.past(), into.past, at, context, padding);
      }
      for (int k = 0; k < inputs.knownCovariates(); k++) {
        int at = (i * inputs.knownCovariates() + k) * whole;
        if (k < inputs.declaredKnown()) {
          standardize(batch.known(), into.known, at, whole, padding);
        } else {
          System.arraycopy(batch.known(), at, into.known, at, whole);
        }
      }
    }
  }

  private static void standardize(float[] x, float[] to, int at, int length, int padding) {
    double sum = 0;
    double magnitude = 0;
    for (int j = padding; j < length; j++) {
      sum += x[at + j];
      magnitude += Math.abs(x[at + j]);
    }
    double n = length - padding;
    double mean = sum / n;
    double squares = 0;
    for (int j = padding; j < length; j++) {
      squares += (x[at + j] - mean) * (x[at + j] - mean);
    }
    double spread = Math.sqrt(squares / n) + FLOOR * magnitude / n;
    double rate = spread > TINY ? 1 / spread : 0;
    for (int j = 0; j < length; j++) {
      double z = (x[at + j] - mean) * rate;
      to[at + j] = (float) Math.max(-BOUND, Math.min(BOUND, z));
    }
  }
}
