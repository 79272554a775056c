package io.longcast.model.network;

import java.util.random.RandomGenerator;

/** One summand of the forecast with its own parameters and gradient. */
interface ForecastComponent {

  /** Writes initial parameters into a vector of zeros. */
  void initialize(float[] parameters, RandomGenerator random);

  /** Adds to the tape's outputs. */
  void forward(Tape tape, float[] parameters);

  /** Adds to the gradient of the parameters and of the tape's state. */
  void backward(Tape tape, float[] parameters, float[] gradient);
}
