package io.longcast.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How often values lay inside the central intervals of uncorrected forecasts.
 *
 * @param of a step such as {@code step 3}, or a group of series
 * @param wanted coverages of the intervals, ascending
 * @param found share of the values inside each, in the same order; empty without values
 * @param count values
 */
public record Coverage(String of, List<Double> wanted, List<Double> found, long count)
    implements Serializable {

  public Coverage {
    wanted = List.copyOf(wanted);
    found = List.copyOf(found);
  }

  static Coverage of(String name, List<Double> levels, long[] beyond, long count) {
    List<Double> wanted = new ArrayList<>();
    List<Double> found = new ArrayList<>();
    for (int low = levels.indexOf(.5) - 1; low >= 0; low--) {
      int high = levels.indexOf(Math.round(1e9 * (1 - levels.get(low))) / 1e9);
      if (high < 0) {
        continue;
      }
      wanted.add(Math.round(1e9 * (levels.get(high) - levels.get(low))) / 1e9);
      if (count > 0) {
        found.add(1 - (beyond[low] + beyond[high]) / (double) count);
      }
    }
    return new Coverage(name, wanted, found, count);
  }
}
