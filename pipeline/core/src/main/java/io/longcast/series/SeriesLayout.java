package io.longcast.series;

import java.io.Serializable;
import java.util.List;

/**
 * The names behind the rows of a {@link Segment}: which value rows are targets, which are past and
 * known covariates, and which static columns the codes stand for. One layout serves all segments of
 * a table.
 *
 * @param channels target channels, at least one
 * @param pastCovariates numbers known up to the origin only
 * @param knownCovariates numbers known past the origin too (holidays, planned load)
 * @param staticCovariates categorical columns that do not change within a series
 */
public record SeriesLayout(
    List<String> channels,
    List<String> pastCovariates,
    List<String> knownCovariates,
    List<String> staticCovariates)
    implements Serializable {

  public SeriesLayout {
    channels = List.copyOf(channels);
    pastCovariates = List.copyOf(pastCovariates);
    knownCovariates = List.copyOf(knownCovariates);
    staticCovariates = List.copyOf(staticCovariates);
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("a series needs at least one value column, found none");
    }
  }

  /** A layout of target channels alone. */
  public static SeriesLayout of(String... channels) {
    return new SeriesLayout(List.of(channels), List.of(), List.of(), List.of());
  }

  /** Number of value rows in a segment: channels, then past, then known covariates. */
  public int rows() {
    return channels.size() + pastCovariates.size() + knownCovariates.size();
  }

  /** Row of the first past covariate. */
  public int firstPastRow() {
    return channels.size();
  }

  /** Row of the first known covariate. */
  public int firstKnownRow() {
    return channels.size() + pastCovariates.size();
  }
}
