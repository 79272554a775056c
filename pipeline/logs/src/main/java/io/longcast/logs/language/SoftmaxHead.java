package io.longcast.logs.language;

import io.longcast.model.recurrent.MatrixProduct;

/**
 * From hidden states to the probabilities of all classes at each step, and back from their loss.
 */
final class SoftmaxHead {
  private final KeyLayout layout;
  private final int hidden;
  private final MatrixProduct product;
  private final float[] classes;

  /**
   * @param rows most steps times sessions at once
   */
  SoftmaxHead(KeyLayout layout, int hidden, int rows, MatrixProduct product) {
    this.layout = layout;
    this.hidden = hidden;
    this.product = product;
    classes = new float[rows * layout.classes];
  }

  /** Logits, then probabilities, then their gradient: {@code [steps][batch][classes]}. */
  float[] classes() {
    return classes;
  }

  /** Logits of hidden states {@code [rows][hidden]}. */
  void forward(float[] h, int rows, float[] parameters) {
    int width = layout.classes;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(parameters, layout.biasAt, classes, r * width, width);
    }
    product.multiply(
        false,
        false,
        rows,
        width,
        hidden,
        h,
        0,
        hidden,
        parameters,
        layout.weightAt,
        width,
        true,
        classes,
        0,
        width);
  }

  /** Turns logits into probabilities; returns the summed loss of the targets in nats. */
  double loss(KeyBatch batch, int from, int steps) {
    double loss = 0;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch.size(); b++) {
        if (batch.has(b, from + t)) {
          int row = t * batch.size() + b;
          int target = target(batch.sessions()[b], from + t);
          softmax(row);
          float found = target < 0 ? 1e-9f : classes[row * layout.classes + target];
          loss -= Math.log(Math.max(found, 1e-30f));
        }
      }
    }
    return loss;
  }

  private int target(int[] session, int step) {
    return step >= session.length
        ? layout.end()
        : session[step] >= layout.keys ? -1 : session[step];
  }

  /** Turns the logits of a row into probabilities. */
  void softmax(int row) {
    int at = row * layout.classes;
    float most = classes[at];
    for (int c = 1; c < layout.classes; c++) {
      most = Math.max(most, classes[at + c]);
    }
    double sum = 0;
    for (int c = at; c < at + layout.classes; c++) {
      classes[c] = (float) Math.exp(classes[c] - most);
      sum += classes[c];
    }
    for (int c = at; c < at + layout.classes; c++) {
      classes[c] = (float) (classes[c] / sum);
    }
  }

  /**
   * Adds the gradients of weights and biases; {@code dh} becomes that of the hidden states. To be
   * called after {@link #loss}.
   *
   * @param weight of a target in the loss
   */
  void backward(
      KeyBatch batch,
      int from,
      int steps,
      float weight,
      float[] h,
      float[] parameters,
      float[] gradient,
      float[] dh) {
    int width = layout.classes;
    int rows = steps * batch.size();
    for (int r = 0; r < rows; r++) {
      errors(batch.sessions()[r % batch.size()], from + r / batch.size(), r * width, weight);
      for (int c = 0; c < width; c++) {
        gradient[layout.biasAt + c] += classes[r * width + c];
      }
    }
    product.multiply(
        true,
        false,
        hidden,
        width,
        rows,
        h,
        0,
        hidden,
        classes,
        0,
        width,
        true,
        gradient,
        layout.weightAt,
        width);
    product.multiply(
        false,
        true,
        rows,
        hidden,
        width,
        classes,
        0,
        width,
        parameters,
        layout.weightAt,
        width,
        false,
        dh,
        0,
        hidden);
  }

  /** Probabilities become the gradient of the loss with respect to the logits. */
  private void errors(int[] session, int step, int at, float weight) {
    int target = target(session, step);
    boolean used = step <= session.length && target >= 0;
    for (int c = 0; c < layout.classes; c++) {
      classes[at + c] = used ? (classes[at + c] - (c == target ? 1 : 0)) * weight : 0;
    }
  }
}
