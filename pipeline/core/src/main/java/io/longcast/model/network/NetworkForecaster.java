package io.longcast.model.network;

import io.longcast.model.ClassBatch;
import io.longcast.model.Classifier;
import io.longcast.model.ComposedForecaster;
import io.longcast.model.ForecastBatch;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A trained network, or the mean of several of one shape, behind the common interface. */
public final class NetworkForecaster implements Classifier, ComposedForecaster {
  private final ForecastNetwork network;
  private final List<float[]> members;

  /**
   * @param network the network; not shared with others
   * @param parameters its trained parameters, copied; those of the members of an ensemble one after
   *     the other
   */
  public NetworkForecaster(ForecastNetwork network, float[] parameters) {
    this.network = network;
    members = members(network.layout().length(), parameters);
  }

  /**
   * The parameters of each member of an ensemble, copied.
   *
   * @param length of one member
   * @param parameters one after the other
   * @throws IllegalArgumentException if they are no whole members
   */
  public static List<float[]> members(int length, float[] parameters) {
    if (parameters.length == 0 || parameters.length % length != 0) {
      throw new IllegalArgumentException(
          "the network has "
              + length
              + " parameters, or a multiple with several members; found "
              + parameters.length);
    }
    List<float[]> members = new ArrayList<>();
    for (int at = 0; at < parameters.length; at += length) {
      members.add(Arrays.copyOfRange(parameters, at, at + length));
    }
    return members;
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public List<Double> quantileLevels() {
    return network.quantileLevels();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    network.forecast(windows, members, forecasts);
  }

  @Override
  public List<String> parts() {
    return network.parts();
  }

  @Override
  public float[][] composition(WindowBatch windows) {
    return network.composition(windows, members);
  }

  @Override
  public int classes() {
    return network.model().output().classes();
  }

  @Override
  public void classify(WindowBatch windows, ClassBatch found) {
    network.classify(windows, members, found);
  }

  @Override
  public void close() {
    network.close();
  }
}
