package io.longcast.model.recurrent;

/** The activation of a plain recurrent cell. */
public enum RnnActivation {
  /** Hyperbolic tangent. */
  TANH,
  /** Rectified linear unit. */
  RELU
}
