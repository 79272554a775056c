package io.longcast.pipeline;

import io.longcast.config.RunSpec;
import io.longcast.model.ModelSpec;
import io.longcast.model.defaults.DataProfile;
import io.longcast.model.defaults.ModelDefaults;
import io.longcast.model.defaults.ResolvedDefault;
import io.longcast.model.defaults.ResolvedModel;
import io.longcast.model.defaults.SeriesLengths;
import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.train.TrainingSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run with nothing left open: windows, splits and network as chosen from the data. Every choice
 * is logged with its reason. Two light scans, three where a season is searched for.
 *
 * @param run with the windows and splits chosen
 * @param model resolved
 * @param choices one for each value chosen
 */
public record Defaults(RunSpec run, ModelSpec model, List<ResolvedDefault> choices) {
  private static final Logger LOG = LoggerFactory.getLogger(Defaults.class);
  private static final int DEPTH = 2;

  /**
   * Chooses what a run left open.
   *
   * @param run its split says what training sees: only that is looked at
   * @param season usual for such data, 1 for none; not taken where most series do not have one
   *     before a forecast, such as 20 minutes of seconds an hour
   * @param channels of a segment that hold measurements, its first ones; a label is none
   */
  public static Defaults close(RunSpec run, int season, int channels, JavaRDD<Segment> segments) {
    int heldBack = heldBack(run.window(), run.split());
    Looks looks = look(segments, channels, heldBack);
    SeasonSearch search = new SeasonSearch(segments, channels, heldBack, looks.lengths().total());
    int usual = season + run.window().horizon() <= looks.lengths().quantile(.5) ? season : 1;
    DataProfile profile = profile(run, search.found(run.model().seasonalPeriod(), usual), looks);
    List<ResolvedDefault> choices = new ArrayList<>();
    WindowSpec window = window(run.window(), profile, choices);
    SplitSpec split = split(run.split(), window, profile, choices);
    ResolvedModel resolved = ModelDefaults.close(run.model(), window.contextLength(), profile);
    boolean fromZero = run.training().from() == TrainingSpec.From.ZERO;
    resolved.defaults().stream()
        .filter(choice -> !fromZero || choice.key().equals("model.seasonalPeriod"))
        .forEach(choices::add);
    choices.forEach(choice -> LOG.info("chosen: {}", choice));
    ModelSpec model =
        fromZero
            ? resolved.model().withPretrained(ModelSpec.Pretrained.LONGCAST_ZERO)
            : resolved.model();
    return new Defaults(run.withWindows(window, split), model, choices);
  }

  private static DataProfile profile(RunSpec run, SeasonSearch.Found season, Looks looks) {
    return new DataProfile(
        season.period(),
        season.from(),
        season.skipSeasons(),
        run.window().horizon(),
        looks.allPositive(),
        looks.lengths().quantile(.05),
        looks.lengths().quantile(.5));
  }

  private static WindowSpec window(
      WindowSpec open, DataProfile profile, List<ResolvedDefault> choices) {
    if (open.contextLength() > 0) {
      return open;
    }
    int context = ModelDefaults.contextLength(profile);
    choices.add(
        new ResolvedDefault(
            "window.contextLength",
            Integer.toString(context),
            String.format(
                Locale.ROOT,
                "season %d, horizon %d, median of %d training steps per series",
                profile.season(),
                profile.horizon(),
                profile.medianLength())));
    return open.withContext(context);
  }

  private static SplitSpec split(
      SplitSpec open, WindowSpec window, DataProfile profile, List<ResolvedDefault> choices) {
    int least = ModelDefaults.minContext(window.contextLength(), profile);
    if (open.minContext() > 0 || least == window.contextLength()) {
      return open;
    }
    choices.add(
        new ResolvedDefault(
            "split.minContext",
            Integer.toString(least),
            "5 % of the series have at most " + profile.shortLength() + " training steps"));
    return open.withMinContext(least);
  }

  /** Steps at the end of a series that training does not see. */
  private static int heldBack(WindowSpec window, SplitSpec split) {
    return split.holdoutSteps() + (split.folds() + split.calibrationFolds()) * window.horizon();
  }

  /** What a scan finds. */
  private record Looks(boolean allPositive, SeriesLengths lengths) implements Serializable {
    Looks merge(Looks other) {
      return new Looks(allPositive && other.allPositive, lengths.merge(other.lengths));
    }
  }

  private static Looks look(JavaRDD<Segment> segments, int channels, int heldBack) {
    return TaskResults.merge(
        segments.mapPartitions(
            part -> {
              Looks looks = new Looks(true, new SeriesLengths());
              while (part.hasNext()) {
                looks = looks.merge(look(part.next(), channels, heldBack));
              }
              return List.of(looks).iterator();
            }),
        Looks::merge,
        DEPTH);
  }

  private static Looks look(Segment segment, int channels, int heldBack) {
    boolean first = segment.seriesStep() == 0;
    return new Looks(
        positive(segment, channels, segment.length() - heldBack),
        SeriesLengths.of(first ? segment.seriesLength() - heldBack : 0));
  }

  private static boolean positive(Segment segment, int channels, int end) {
    for (int channel = 0; channel < channels; channel++) {
      SeriesValues values = segment.row(channel);
      for (int step = 0; step < end; step++) {
        if (values.get(step) <= 0) {
          return false;
        }
      }
    }
    return true;
  }
}
