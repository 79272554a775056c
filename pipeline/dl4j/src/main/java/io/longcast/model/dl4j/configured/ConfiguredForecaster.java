package io.longcast.model.dl4j.configured;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.model.network.NetworkForecaster;
import io.longcast.window.WindowBatch;
import java.util.List;

/**
 * Point forecasts of a trained network, or the mean of several of one configuration in scaled
 * units.
 */
final class ConfiguredForecaster implements WindowForecaster {
  private final ConfiguredReplica replica;
  private final List<float[]> members;

  /**
   * @param replica not shared with others; closed with this
   * @param parameters those of the members one after the other
   */
  ConfiguredForecaster(ConfiguredReplica replica, float[] parameters) {
    try {
      members = NetworkForecaster.members(replica.parameterCount(), parameters);
    } catch (IllegalArgumentException wrong) {
      replica.close();
      throw wrong;
    }
    this.replica = replica;
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public List<Double> quantileLevels() {
    return List.of();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    double[] sums = new double[windows.size() * windows.horizon()];
    for (float[] member : members) {
      replica.load(member);
      float[] values = replica.outputs(windows);
      for (int at = 0; at < sums.length; at++) {
        sums[at] += values[at];
      }
    }
    for (int i = 0; i < windows.size(); i++) {
      for (int t = 0; t < forecasts.wanted(); t++) {
        double mean = sums[i + windows.size() * t] / members.size();
        forecasts.point()[i * forecasts.horizon() + t] = replica.scale(i).raw(mean);
      }
    }
  }

  @Override
  public void close() {
    replica.close();
  }
}
