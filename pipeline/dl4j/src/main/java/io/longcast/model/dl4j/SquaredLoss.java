package io.longcast.model.dl4j;

/** Mean over outputs of the square error, with the identity as activation. */
record SquaredLoss(int outputs) implements StepLoss {

  @Override
  public double gradient(float[] out, float[] labels, int labelsAt, float[] mask, int rows) {
    double sum = 0;
    float scale = 2f / outputs;
    for (int r = 0; r < rows; r++) {
      float weight = mask == null ? 1f : mask[r];
      double squares = 0;
      for (int i = r * outputs; i < (r + 1) * outputs; i++) {
        float e = out[i] - labels[labelsAt + i];
        squares += (double) e * e;
        out[i] = e * scale * weight;
      }
      sum += squares * weight;
    }
    return sum / outputs;
  }

  @Override
  public void activate(float[] out, int rows) {
    // The identity.
  }
}
