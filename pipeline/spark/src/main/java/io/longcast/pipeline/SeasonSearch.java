package io.longcast.pipeline;

import io.longcast.model.defaults.Autocorrelation;
import io.longcast.model.defaults.DataProfile;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * Looks for a fleet's season and for the lags that are most like the newest values, on a sample of
 * the series that their ids alone decide. One light scan each.
 *
 * @param segments whole series
 * @param channels of a series
 * @param heldBack steps at the end of a series that are not looked at
 * @param series how many there are
 */
public record SeasonSearch(JavaRDD<Segment> segments, int channels, int heldBack, long series) {
  private static final int DEPTH = 2;

  /** Series looked at, about. */
  private static final int SAMPLE = 200;

  /** Longest season searched for: the steps looked at must hold three seasons after the first. */
  private static final int LONGEST = Autocorrelation.NEWEST / 4;

  /** Seasons back that may be most like the newest. */
  private static final int MOST_SEASONS = 13;

  /**
   * What was found.
   *
   * @param period steps of a season, 1 for none
   * @param from how it was determined, as text
   * @param skipSeasons lags of the linear path, in seasons
   */
  record Found(int period, String from, List<Integer> skipSeasons) {}

  /**
   * The season to work with.
   *
   * @param declared by the run, 0 where it is left open
   * @param usual for the frequency, 1 for none
   */
  Found found(int declared, int usual) {
    if (declared == 1) {
      return new Found(1, "none, as declared", List.of());
    }
    if (declared > 0) {
      return of(declared, "as declared", look(declared));
    }
    if (usual > 1) {
      return of(usual, "the period usual for the frequency", look(usual));
    }
    Autocorrelation all = look(1);
    Optional<Autocorrelation.Season> season = all.season(LONGEST);
    if (season.isEmpty()) {
      return new Found(1, "no seasonal pattern found", List.of());
    }
    int period = season.get().period();
    String from =
        String.format(
            Locale.ROOT,
            "found: values %d steps apart differ %.0f %% less than those half of that nearer and"
                + " farther",
            period,
            100 * season.get().strength());
    return of(period, from, all);
  }

  private Found of(int period, String from, Autocorrelation look) {
    List<Integer> skip =
        look.likestMultiple(period, MOST_SEASONS)
            .map(other -> List.of(1, other))
            .orElse(DataProfile.USUAL_SKIP);
    return new Found(period, from, period == 1 ? List.of() : skip);
  }

  private Autocorrelation look(int every) {
    if (every > Autocorrelation.LONGEST) {
      return new Autocorrelation(every);
    }
    int channels = this.channels;
    int heldBack = this.heldBack;
    long one = Math.max(1, series / SAMPLE);
    JavaRDD<Segment> sample =
        segments.filter(
            segment -> Math.floorMod(segment.seriesId().hashCode() * 0x9E3779B1L >> 16, one) == 0);
    return TaskResults.merge(
        sample.mapPartitions(
            part -> {
              Autocorrelation state = new Autocorrelation(every);
              part.forEachRemaining(segment -> add(state, segment, channels, heldBack));
              return List.of(state).iterator();
            }),
        Autocorrelation::merge,
        DEPTH);
  }

  private static Autocorrelation add(
      Autocorrelation state, Segment segment, int channels, int heldBack) {
    for (int channel = 0; channel < channels; channel++) {
      int own = channel;
      state.add(
          segment.row(channel),
          Math.max(0, segment.length() - heldBack),
          step -> segment.isObserved(own, step));
    }
    return state;
  }
}
