package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.Seasons;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the pretrained network forecasts.
 *
 * @param levels of the quantiles, ascending, in (0, 1); empty for points alone
 * @param declaredFirst season that is usual for the frequency, steps; 0 for none
 * @param declaredSecond a longer one; 0 for none
 * @param mirrored whether the mean with the forecast of the series upside down is taken: more exact
 *     at twice the cost
 * @param spread factor of the distance of quantiles from the median, above 0
 */
public record ZeroOptions(
    List<Double> levels, int declaredFirst, int declaredSecond, boolean mirrored, double spread)
    implements Serializable {
  /** Factor that widens the quantiles of the network in the jar (decision 170). */
  public static final double SPREAD = 1.1;

  /** Values of the view that forgets older ones sooner. */
  private static final int NEWEST = 256;

  public ZeroOptions {
    levels = List.copyOf(levels);
    if (!(spread > 0)) {
      throw new IllegalArgumentException("the spread must be > 0, found " + spread);
    }
  }

  /**
   * The usual options.
   *
   * @param periods seasons that are usual for the frequency, the shortest first; 1 for none
   */
  public static ZeroOptions of(List<Double> levels, List<Integer> periods) {
    List<Integer> seasons = periods.stream().filter(period -> period > 1).sorted().toList();
    int first = seasons.isEmpty() ? 0 : seasons.get(0);
    int second = seasons.size() < 2 ? 0 : seasons.get(1);
    return new ZeroOptions(levels, first, second, true, SPREAD);
  }

  /**
   * How a series is shown: with the seasons found and with those declared, upside down too; of a
   * long one the newest values alone.
   *
   * @param length values of the series
   */
  List<ZeroView> views(Seasons found, int length) {
    List<ZeroView> views = new ArrayList<>();
    double share = mirrored ? 0.5 : 1;
    for (Seasons seasons : seasons(found)) {
      views.add(new ZeroView(seasons, false, ZeroShape.CONTEXT, share));
      if (mirrored) {
        views.add(new ZeroView(seasons, true, ZeroShape.CONTEXT, share));
      }
    }
    if (length > NEWEST) {
      views.add(new ZeroView(found, false, NEWEST, 1));
    }
    return views;
  }

  /** The seasons to forecast with: those found and those declared, each once. */
  private List<Seasons> seasons(Seasons found) {
    Seasons declared = new Seasons(declaredFirst, declaredSecond);
    return declaredFirst == 0 || declared.equals(found) ? List.of(found) : List.of(found, declared);
  }
}
