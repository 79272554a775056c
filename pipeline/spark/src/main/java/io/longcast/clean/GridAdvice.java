package io.longcast.clean;

import io.longcast.series.Frequency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a user should know of a grid that does not suit the times of the data. */
final class GridAdvice {
  /** Times a step from which a grid is coarser than the data. */
  private static final double COARSE = 1.5;

  /** How much longer or shorter a series' own step is than the grid's if it is of another rate. */
  private static final double UNLIKE = 1.5;

  /** Share of the times that share a step above which a warning is logged. */
  private static final double NOTABLE = 0.01;

  private GridAdvice() {}

  /**
   * The advice, one sentence each.
   *
   * @param fit of the sampled series on the grid
   * @param snap the rule that is taken for times between two steps
   * @param frequency of the grid
   * @param votes sampled series by their own frequency
   */
  static List<String> of(
      GridFit fit,
      CleanSpec.Snap snap,
      Frequency frequency,
      Map<String, Long> votes,
      CleanSpec spec) {
    List<String> advice = new ArrayList<>();
    long shared = fit.shared(snap);
    long steps = fit.times() - shared;
    if (fit.times() >= COARSE * steps && steps > 0) {
      advice.add(
          "the grid of %s is coarser than the data: %,d times fall into %,d steps, which clean.aggregation = %s combines (key clean.frequency)"
              .formatted(
                  frequency,
                  fit.times(),
                  steps,
                  spec.aggregation().name().toLowerCase(java.util.Locale.ROOT)));
    } else if (fit.shared(CleanSpec.Snap.FLOOR) != fit.shared(CleanSpec.Snap.NEAREST)
        || shared > NOTABLE * fit.times()) {
      advice.add(jitter(fit, snap, frequency));
    }
    Map<String, Long> unlike =
        votes.entrySet().stream()
            .filter(vote -> isUnlike(Frequency.parse(vote.getKey()), frequency))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!unlike.isEmpty() && votes.size() > 1) {
      advice.add(
          "series of unlike rates are put on one grid of %s: %s; clean each rate in a run of its own (keys source.paths, clean.frequency)"
              .formatted(frequency, groups(votes)));
    }
    return advice;
  }

  private static String jitter(GridFit fit, CleanSpec.Snap snap, Frequency frequency) {
    return "times do not fall on the steps of %s: of %,d, %,d share a step with another under clean.snap = floor and %,d under nearest; %s is taken"
        .formatted(
            frequency,
            fit.times(),
            fit.shared(CleanSpec.Snap.FLOOR),
            fit.shared(CleanSpec.Snap.NEAREST),
            snap.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static boolean isUnlike(Frequency own, Frequency grid) {
    double ratio = own.meanSeconds() / grid.meanSeconds();
    return ratio >= UNLIKE || 1 / ratio >= UNLIKE;
  }

  private static String groups(Map<String, Long> votes) {
    long all = votes.values().stream().mapToLong(Long::longValue).sum();
    return votes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(vote -> vote.getValue() + " of " + vote.getKey())
        .collect(Collectors.joining(", ", "", " (of " + all + " series looked at)"));
  }
}
