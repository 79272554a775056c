package io.longcast.scale;

import java.io.Serializable;

/**
 * How a window, or a series, is brought to a common scale: u = transform(x), z = (u - center) /
 * spread. Every setting is fitted on observed values before the origin only.
 *
 * @param transform applied first; proposed default {@code log-if-positive}
 * @param center what is subtracted; proposed default {@code season-mean}
 * @param spread what is divided by; proposed default {@code std}
 * @param floor added to the spread so that near-constant windows do not explode; a share of the
 *     mean absolute value where values keep their unit, a plain number where the transform took the
 *     unit away; above 0, proposed default 1e-3
 */
public record ScaleSpec(Transform transform, Center center, Spread spread, double floor)
    implements Serializable {

  public ScaleSpec {
    if (!(floor > 0 && floor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "floor must be above 0 and finite, found " + floor + " (key scale.floor)");
    }
  }
}
