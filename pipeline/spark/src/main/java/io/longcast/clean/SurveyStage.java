package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over grouped rows for what cleaning must know beforehand, in a sample of the series chosen
 * by the hash of their names: the one frequency of the table, which is the most common guess, and
 * to which step a time between two belongs; beside them the categories of the static columns. Warns
 * where the grid does not suit the data. One pass over rows that are shuffled already, which ends
 * with the sample where there are no static columns; no scan of the source.
 */
final class SurveyStage {
  private static final Logger LOG = LoggerFactory.getLogger(SurveyStage.class);

  /** Series whose guesses are counted. */
  static final int SAMPLED_SERIES = 64;

  /** Reasons for rejects that a message shows. */
  private static final int REASONS = 3;

  private final List<SeriesSurvey.Guess> guesses;
  private final CategoryCodes codes;
  private final Map<String, Long> rejected;
  private final CleanSpec spec;

  private SurveyStage(
      List<SeriesSurvey.Guess> guesses,
      CategoryCodes codes,
      Map<String, Long> rejected,
      CleanSpec spec) {
    this.guesses = guesses;
    this.codes = codes;
    this.rejected = rejected;
    this.spec = spec;
  }

  /**
   * Runs the survey.
   *
   * @param grouped sorted chunks, see {@link SeriesWalk}
   * @param learn whether the categories of the static columns are wanted
   */
  static SurveyStage over(
      JavaRDD<EngineRow> grouped, SeriesLayout layout, CleanSpec spec, boolean learn) {
    List<SeriesSurvey.Found> found =
        TaskResults.collect(
            grouped.mapPartitions(
                chunks ->
                    new SeriesSurvey(layout, spec, learn)
                        .over(new SeriesWalk(chunks, layout, spec.grid()))));
    List<SeriesSurvey.Guess> guesses =
        found.stream()
            .flatMap(part -> part.guesses().stream())
            .sorted(
                Comparator.comparingLong(SeriesSurvey.Guess::key)
                    .thenComparing(SeriesSurvey.Guess::seriesId))
            .limit(SAMPLED_SERIES)
            .toList();
    Map<String, Long> rejected = new TreeMap<>();
    found.forEach(part -> part.rejected().forEach((why, n) -> rejected.merge(why, n, Long::sum)));
    return new SurveyStage(guesses, codes(found), rejected, spec);
  }

  private static CategoryCodes codes(List<SeriesSurvey.Found> found) {
    List<List<String>> categories = new ArrayList<>();
    int columns = found.isEmpty() ? 0 : found.get(0).categories().size();
    for (int column = 0; column < columns; column++) {
      int at = column;
      categories.add(
          found.stream().flatMap(part -> part.categories().get(at).stream()).distinct().toList());
    }
    return new CategoryCodes(categories);
  }

  /** The categories that were seen. */
  CategoryCodes codes() {
    return codes;
  }

  /**
   * The declared frequency, else the one with the most votes, the finer of two with as many.
   *
   * @throws IllegalArgumentException if none is declared and no series has three different times
   */
  Frequency frequency(String source) {
    if (spec.declaredFrequency().isPresent()) {
      return spec.declaredFrequency().get();
    }
    Frequency best =
        votes().entrySet().stream()
            .max(Map.Entry.<String, Long>comparingByValue().thenComparing(smallest()))
            .map(vote -> Frequency.parse(vote.getKey()))
            .orElseThrow(() -> new IllegalArgumentException(noFrequency(source)));
    LOG.info("inferred frequency {} from {} series, votes {}", best, guesses.size(), votes());
    return best;
  }

  private Map<String, Long> votes() {
    return guesses.stream()
        .collect(
            Collectors.groupingBy(
                SeriesSurvey.Guess::frequency, TreeMap::new, Collectors.counting()));
  }

  private static Comparator<Map.Entry<String, Long>> smallest() {
    return Comparator.comparingDouble(vote -> -Frequency.parse(vote.getKey()).meanSeconds());
  }

  private String noFrequency(String source) {
    String message =
        "cannot infer the frequency of " + source + ": no series has three different times";
    if (rejected.isEmpty()) {
      return message + "; declare it (key clean.frequency)";
    }
    boolean unread = rejected.keySet().stream().anyMatch(why -> why.contains("timestamp"));
    return message
        + "; rows were rejected: "
        + reasons()
        + (unread ? "; say how times are written (key source.time.format)" : "");
  }

  /** The commonest reasons without the values they name, each with its count and one example. */
  private String reasons() {
    Function<Map.Entry<String, Long>, String> kind = reason -> reason.getKey().split(": ", 2)[0];
    return rejected.entrySet().stream().collect(Collectors.groupingBy(kind)).values().stream()
        .sorted(Comparator.comparingLong(same -> -sum(same)))
        .limit(REASONS)
        .map(same -> "%,d as %s".formatted(sum(same), same.get(0).getKey()))
        .collect(Collectors.joining(", "));
  }

  private static long sum(List<Map.Entry<String, Long>> same) {
    return same.stream().mapToLong(Map.Entry::getValue).sum();
  }

  /** The declared rule for times between two steps, or the one that suits the sample. */
  CleanSpec.Snap snap(Frequency frequency) {
    return spec.snap() == CleanSpec.Snap.AUTO ? fit(frequency).better() : spec.snap();
  }

  /** Of the series that were laid on the grid of a frequency. */
  private GridFit fit(Frequency frequency) {
    boolean declared = spec.declaredFrequency().isPresent();
    return guesses.stream()
        .filter(guess -> declared || guess.frequency().equals(frequency.toString()))
        .map(SeriesSurvey.Guess::fit)
        .reduce(GridFit.NONE, GridFit::plus);
  }

  /**
   * Warns where the grid does not fit the data: jitter, several rows per step, different sampling
   * rates.
   */
  void warn(String source, Frequency frequency, CleanSpec.Snap snap) {
    GridAdvice.of(fit(frequency), snap, frequency, votes(), spec)
        .forEach(advice -> LOG.warn("{}: {}", source, advice));
  }
}
