package io.longcast.model.zero;

import io.longcast.model.zero.season.Seasons;

/**
 * One way to show a series to the network.
 *
 * @param seasons that values are looked up by
 * @param mirrored whether the series is turned upside down
 * @param newest most values that are shown
 * @param share its weight before views are compared on the past of a series
 */
public record ZeroView(Seasons seasons, boolean mirrored, int newest, double share) {

  /** 1, or -1 upside down. */
  public double sign() {
    return mirrored ? -1 : 1;
  }
}
