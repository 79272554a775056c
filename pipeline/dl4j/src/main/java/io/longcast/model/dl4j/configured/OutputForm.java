package io.longcast.model.dl4j.configured;

/**
 * How a network's outputs are the values of the horizon. In each form they are the last {@code
 * batch * horizon} numbers of the output array in column-major order, window {@code i} and step
 * {@code t} at {@code i + batch * t} of them.
 */
enum OutputForm {
  /**
   * {@code RnnOutputLayer} with {@code nOut} = horizon: a sequence is the context, and what the
   * last step puts out are all values.
   */
  LAST_STEP,
  /** {@code OutputLayer} with {@code nOut} = horizon: a sequence is the context. */
  WHOLE_SEQUENCE,
  /**
   * {@code RnnOutputLayer} with {@code nOut} = 1: a sequence is context and horizon, and each step
   * of the horizon puts out its value.
   */
  EACH_STEP;

  /** Steps of a sequence. */
  int steps(int contextLength, int horizon) {
    return this == EACH_STEP ? contextLength + horizon : contextLength;
  }

  /** Shape of outputs and labels. */
  long[] outputs(int batch, int contextLength, int horizon) {
    return switch (this) {
      case LAST_STEP -> new long[] {batch, horizon, contextLength};
      case WHOLE_SEQUENCE -> new long[] {batch, horizon};
      case EACH_STEP -> new long[] {batch, 1, contextLength + horizon};
    };
  }
}
