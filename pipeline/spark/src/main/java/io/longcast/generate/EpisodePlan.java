package io.longcast.generate;

import java.util.List;

/**
 * When the faults of one series occur: one in each period of {@code every} steps but the first, by
 * a pure function of (seed, series, period).
 */
final class EpisodePlan {
  private static final long SALT = 0xFA01;

  /** Faults of a single step. */
  private static final List<String> SHORT =
      List.of("spike", "premature-beat", "pause", "jump", "volume-spike");

  private final long seed;
  private final long series;
  private final long every;
  private final SampleKind kind;
  private Episode last;
  private long lastStretch = -1;

  EpisodePlan(long seed, long series, long every, SampleKind kind) {
    this.seed = seed;
    this.series = series;
    this.every = every;
    this.kind = kind;
  }

  /** The fault of a period, or null. */
  Episode inStretch(long stretch) {
    if (every == 0 || stretch < 1) {
      return null;
    }
    Noise noise = new Noise(seed, SALT, series, stretch);
    String name = kind.faults().get(noise.below(kind.faults().size()));
    int channel = kind.isPerChannel() ? noise.below(kind.layout().channels().size()) : -1;
    long longest = Math.max(2, every / 6);
    long length = SHORT.contains(name) ? 1 : longest / 2 + noise.below((int) (longest / 2) + 1);
    long start = stretch * every + (long) (noise.uniform(0.1, 0.8) * every);
    return new Episode(
        name, channel, start, Math.max(1, length), noise.uniform(), noise.below(2) * 2 - 1);
  }

  /** The fault that covers a step, or null. */
  Episode at(long step) {
    if (every == 0) {
      return null;
    }
    long stretch = step / every;
    if (stretch != lastStretch) {
      last = inStretch(stretch);
      lastStretch = stretch;
    }
    return last != null && last.covers(step) ? last : null;
  }

  /** Number of periods that begin before a step. */
  long stretches(long steps) {
    return every == 0 ? 0 : (steps + every - 1) / every;
  }
}
