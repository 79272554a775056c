package io.longcast.model.recurrent;

/** Where a GRU applies its reset gate {@code r} when it forms the candidate state {@code n}. */
public enum ResetGate {
  /**
   * {@code n = tanh(W x + b + r * (R h + c))}: the form of cuDNN and PyTorch. The candidate has a
   * recurrent bias {@code c} of its own.
   */
  AFTER_PRODUCT,
  /** {@code n = tanh(W x + b + R (r * h))}: the form of Cho et al. (2014), equation 8. */
  BEFORE_PRODUCT
}
