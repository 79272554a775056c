package io.longcast.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * What the network's newest forecast of a channel is made of.
 *
 * @param series of the channel
 * @param channel its name
 * @param parts what is added up: the level of the window first
 * @param added what each of them adds, by step
 * @param forecast the sum, by step
 */
public record ForecastParts(
    String series, String channel, List<String> parts, List<Packed> added, Packed forecast) {

  /**
   * Packs the parts of one forecast.
   *
   * @param parts names of what is added to the level
   * @param added {@code [1 + parts][horizon]}: the level, and what each part adds
   */
  public static ForecastParts of(
      String series, String channel, List<String> parts, double[][] added) {
    List<String> names = new ArrayList<>(List.of("level"));
    names.addAll(parts);
    double[] sum = new double[added[0].length];
    List<Packed> packed = new ArrayList<>();
    for (double[] part : added) {
      packed.add(Packed.of(part));
      for (int t = 0; t < sum.length; t++) {
        sum[t] += part[t];
      }
    }
    return new ForecastParts(series, channel, names, packed, Packed.of(sum));
  }
}
