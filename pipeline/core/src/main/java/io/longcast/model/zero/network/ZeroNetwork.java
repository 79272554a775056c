package io.longcast.model.zero.network;

import io.longcast.model.network.ParameterLayout;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The network, forward and backward, over flat parameters. Not thread-safe; the back end stays the
 * caller's to close.
 */
public final class ZeroNetwork {
  private final ZeroShape shape;
  private final ParameterLayout layout;
  private final ZeroEncoder encoder;
  private final ZeroDecoder decoder;
  private final int[] rows;
  private final float[] states;
  private float[] dStates = {};
  private float[] dPlaces = {};
  private float[] parameters;
  private int places;

  /**
   * @param maxSeries most series in a batch
   * @param maxSteps most steps of 16 values
   * @param maxOrigins most steps of a series that are forecast from
   */
  public ZeroNetwork(
      ZeroShape shape, int maxSeries, int maxSteps, int maxOrigins, Backend backend) {
    this.shape = shape;
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    encoder = new ZeroEncoder(shape, maxSeries, maxSteps, backend, builder);
    int maxPlaces = Math.multiplyExact(maxSeries, maxOrigins);
    decoder = new ZeroDecoder(shape, maxPlaces, backend, builder);
    layout = builder.build();
    rows = new int[maxPlaces];
    states = new float[maxPlaces * shape.hidden()];
  }

  /** Parameters of a network of a shape. */
  public static int parameters(ZeroShape shape) {
    return new ZeroNetwork(shape, 1, 1, 1, Numerics.plain()).layout().length();
  }

  /** Where each parameter lies. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Parameters drawn from a seed. */
  public float[] initial(long seed) {
    float[] drawn = new float[layout.length()];
    SplittableRandom random = new SplittableRandom(seed);
    encoder.initialize(drawn, random);
    decoder.initialize(drawn, random);
    return drawn;
  }

  /**
   * Reads the parameters; to be called again whenever they change.
   *
   * @param parameters not copied
   */
  public void load(float[] parameters) {
    if (parameters.length != layout.length()) {
      throw new IllegalArgumentException(
          "the network has " + layout.length() + " parameters, found " + parameters.length);
    }
    this.parameters = parameters;
    encoder.load(parameters);
  }

  /**
   * Forecasts from the ends of some steps.
   *
   * @param origins the steps, ascending
   * @return {@code [origins, series, 48, 9]} in units of the scale from the level, not yet sorted
   */
  public float[] forward(ZeroBatch batch, int[] origins) {
    float[] all = encoder.forward(batch, parameters);
    places = origins.length * batch.series();
    for (int p = 0; p < places; p++) {
      rows[p] = batch.row(origins[p / batch.series()], p % batch.series());
      System.arraycopy(all, rows[p] * shape.hidden(), states, p * shape.hidden(), shape.hidden());
    }
    return decoder.forward(batch, rows, places, states, parameters);
  }

  /**
   * Adds the gradient of the parameters after {@link #forward} of the same batch.
   *
   * @param dQuantiles gradient of the forecasts
   */
  public void backward(ZeroBatch batch, float[] dQuantiles, float[] gradient) {
    int hidden = shape.hidden();
    dPlaces = zeros(dPlaces, places * hidden);
    decoder.backward(places, dQuantiles, parameters, gradient, dPlaces);
    dStates = zeros(dStates, batch.rows() * hidden);
    for (int p = 0; p < places; p++) {
      System.arraycopy(dPlaces, p * hidden, dStates, rows[p] * hidden, hidden);
    }
    encoder.backward(batch, parameters, dStates, gradient);
  }

  private static float[] zeros(float[] array, int n) {
    if (array.length < n) {
      return new float[n];
    }
    Arrays.fill(array, 0, n, 0f);
    return array;
  }
}
