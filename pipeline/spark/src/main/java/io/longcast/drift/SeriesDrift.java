package io.longcast.drift;

import io.longcast.drift.ChannelProfile.Figures;
import java.io.Serializable;

/**
 * One channel of one series now, beside what training saw of it.
 *
 * @param seriesId the series
 * @param channel index in the layout
 * @param recent figures of the newest window; null where the series has no rows in it
 * @param profile of the training data; null for a new series
 * @param isUnknownCategory whether a static column has a category that training did not see
 */
record SeriesDrift(
    String seriesId, int channel, Figures recent, ChannelProfile profile, boolean isUnknownCategory)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A seasonal pattern below this correlation is none. */
  private static final double SEASONAL = .3;

  /** What the window is compared with. */
  Figures usual() {
    return profile == null ? Figures.NONE : profile.usual();
  }

  /** Whether training did not see it. */
  boolean isNew() {
    return recent != null && profile == null;
  }

  /** Whether training saw it and the window does not. */
  boolean isVanished() {
    return recent == null && profile != null;
  }

  /** Whether there are values enough, now and in training, to say anything. */
  boolean isJudged(DriftSpec spec) {
    return recent != null
        && profile != null
        && recent.values() + missingValues() >= spec.minValues()
        && profile.values() >= spec.minValues();
  }

  private double missingValues() {
    double share = recent.missing();
    return share >= 1 ? Double.MAX_VALUE : recent.values() * share / (1 - share);
  }

  boolean hasShifted(DriftSpec spec) {
    return isJudged(spec)
        && recent.values() >= spec.minValues()
        && recent.stability() > Math.max(spec.minStability(), usual().stability());
  }

  boolean isMissing(DriftSpec spec) {
    return isJudged(spec) && recent.missing() > usual().missing() + spec.maxMissing();
  }

  boolean hasLostSeason(DriftSpec spec) {
    double usual = usual().season();
    return isJudged(spec) && usual > SEASONAL && recent.season() < usual - SEASONAL;
  }

  boolean isDrift(DriftSpec spec) {
    return hasShifted(spec) || isMissing(spec) || hasLostSeason(spec);
  }
}
