package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over grouped rows for what cleaning must know beforehand: the one frequency of the table,
 * which is the most common guess among a sample of its series chosen by the hash of their names,
 * and the categories of the static columns. One pass over rows that are shuffled already, which
 * ends with the sample where there are no static columns; no scan of the source.
 */
final class SurveyStage {
  private static final Logger LOG = LoggerFactory.getLogger(SurveyStage.class);

  /** Series whose guesses are counted. */
  static final int SAMPLED_SERIES = 64;

  private final List<SeriesSurvey.Guess> guesses;
  private final CategoryCodes codes;

  private SurveyStage(List<SeriesSurvey.Guess> guesses, CategoryCodes codes) {
    this.guesses = guesses;
    this.codes = codes;
  }

  /**
   * Runs the survey.
   *
   * @param grouped sorted chunks, see {@link SeriesWalk}
   * @param infer whether a frequency is wanted; else no guess is made
   */
  static SurveyStage over(
      JavaRDD<InternalRow> grouped, SeriesLayout layout, CleanSpec.Grid grid, boolean infer) {
    List<SeriesSurvey.Found> found =
        grouped
            .mapPartitions(
                chunks ->
                    new SeriesSurvey(layout, infer).over(new SeriesWalk(chunks, layout, grid)))
            .collect();
    List<SeriesSurvey.Guess> guesses =
        found.stream()
            .flatMap(part -> part.guesses().stream())
            .sorted(
                Comparator.comparingLong(SeriesSurvey.Guess::key)
                    .thenComparing(SeriesSurvey.Guess::seriesId))
            .limit(SAMPLED_SERIES)
            .toList();
    return new SurveyStage(guesses, codes(found, layout));
  }

  private static CategoryCodes codes(List<SeriesSurvey.Found> found, SeriesLayout layout) {
    List<List<String>> categories = new ArrayList<>();
    for (int column = 0; column < layout.staticCovariates().size(); column++) {
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
   * The frequency with the most votes, the finer of two with as many.
   *
   * @throws IllegalArgumentException if no series has three different times
   */
  Frequency frequency(String source) {
    Map<String, Long> votes = new TreeMap<>();
    guesses.forEach(guess -> votes.merge(guess.frequency(), 1L, Long::sum));
    Frequency best =
        votes.entrySet().stream()
            .max(Map.Entry.<String, Long>comparingByValue().thenComparing(smallest()))
            .map(vote -> Frequency.parse(vote.getKey()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "cannot infer the frequency of "
                            + source
                            + ": no series has three different times; declare it (key"
                            + " clean.frequency)"));
    LOG.info("inferred frequency {} from {} series, votes {}", best, guesses.size(), votes);
    return best;
  }

  private static Comparator<Map.Entry<String, Long>> smallest() {
    return Comparator.comparingDouble(vote -> -Frequency.parse(vote.getKey()).meanSeconds());
  }
}
