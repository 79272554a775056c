package io.longcast.model.defaults;

import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Gate;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.ModelSpec.Skip;
import io.longcast.scale.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules by which an open spec closes itself. */
public final class ModelDefaults {
  /** Seasons of context where there is a season. */
  public static final int CONTEXT_SEASONS = 14;

  private static final Set<String> OF_ANY_NETWORK =
      Set.of("model.seasonalPeriod", "model.scaling.transform");

  private static final int CONTEXT_HORIZONS = 7;
  private static final int GATE_VALUES = 13;
  private static final int PATCH_WITHOUT_SEASON = 3;

  /** Longest context chosen, as long as it holds two seasons. */
  private static final int LONGEST_CONTEXT = 2048;

  private static final int LEAST_PATCHES = 3;
  private static final int LEAST_CONTEXT = 3;

  private ModelDefaults() {}

  /**
   * Steps of context: fourteen seasons; without a season seven horizons, at least 91. No more than
   * a series of median length has before its last training target, in whole patches.
   */
  public static int contextLength(DataProfile data) {
    int patch = data.season() > 1 ? data.season() : PATCH_WITHOUT_SEASON;
    int wanted =
        data.season() > 1
            ? CONTEXT_SEASONS * data.season()
            : Math.max(CONTEXT_HORIZONS * data.horizon(), CONTEXT_HORIZONS * GATE_VALUES);
    int there = Math.min(LONGEST_CONTEXT, data.medianLength() - data.horizon());
    if (wanted <= there) {
      return wanted;
    }
    int least = data.season() > 1 ? 2 : LEAST_PATCHES;
    return patch * Math.max(least, there / patch);
  }

  /**
   * Least steps of a series before the origin of a training window, the rest of the context being
   * padding: the whole context where all but a twentieth of the series have it and two horizons
   * more; otherwise two horizons (two seasons if that is more), or what short series have, but at
   * least a season and three steps.
   */
  public static int minContext(int contextLength, DataProfile data) {
    if (data.shortLength() >= contextLength + 2L * data.horizon()) {
      return contextLength;
    }
    int wanted = 2 * Math.max(data.horizon(), data.season() > 1 ? data.season() : 1);
    int least = Math.max(LEAST_CONTEXT, data.season());
    int there = Math.max(least, data.shortLength() - data.horizon());
    return Math.min(contextLength, Math.min(wanted, there));
  }

  /**
   * Closes a spec.
   *
   * @param open as the user wrote it
   * @param contextLength steps of context, at least 1
   */
  public static ResolvedModel close(ModelSpec open, int contextLength, DataProfile data) {
    List<ResolvedDefault> defaults = new ArrayList<>();
    int season = season(open, contextLength, data, defaults);
    int patch = patch(open, contextLength, season, defaults);
    int gate = gate(open, contextLength, season, defaults);
    Transform transform = transform(open, data, defaults);
    Skip skip = skip(open, contextLength, season, data, defaults);
    if (open.dl4j().isPresent()) {
      // What it has no use for was not chosen for it.
      defaults.removeIf(chosen -> !OF_ANY_NETWORK.contains(chosen.key()));
    }
    return new ResolvedModel(closed(open, season, patch, skip, gate, transform), defaults);
  }

  private static int season(
      ModelSpec open, int contextLength, DataProfile data, List<ResolvedDefault> defaults) {
    if (open.seasonalPeriod() > 0) {
      return open.seasonalPeriod();
    }
    boolean fits = 2 * data.season() <= contextLength;
    int season = fits ? data.season() : 1;
    String reason =
        data.season() > 1
            ? "the context of " + contextLength + " steps does not hold two seasons"
            : "no seasonal pattern found";
    defaults.add(chosen("seasonalPeriod", season, season > 1 ? data.seasonFrom() : reason));
    return season;
  }

  private static int patch(
      ModelSpec open, int contextLength, int season, List<ResolvedDefault> defaults) {
    if (open.patchLength() > 0) {
      return open.patchLength();
    }
    if (open.shape() == Shape.MANY_TO_MANY && open.output().loss() == Loss.CROSS_ENTROPY) {
      defaults.add(chosen("patchLength", 1, "each step gets a label"));
      return 1;
    }
    int patch = Math.min(season > 1 ? season : PATCH_WITHOUT_SEASON, contextLength);
    defaults.add(chosen("patchLength", patch, season > 1 ? "one season" : "without a season"));
    return patch;
  }

  /** The lags that the context holds; the data suggest them where they are left open. */
  private static Skip skip(
      ModelSpec open,
      int contextLength,
      int season,
      DataProfile data,
      List<ResolvedDefault> defaults) {
    if (!open.skip().isOpen()) {
      return open.skip();
    }
    List<Integer> lags =
        season == 1
            ? List.of()
            : data.skipSeasons().stream().filter(lag -> lag * season <= contextLength).toList();
    defaults.add(
        chosen(
            "skip.seasons",
            lags,
            season == 1 ? "without a season" : "the last season and the one most like it"));
    return new Skip(open.skip().enabled(), lags);
  }

  private static int gate(
      ModelSpec open, int contextLength, int season, List<ResolvedDefault> defaults) {
    if (open.gate().seasons() >= 0) {
      return open.gate().seasons();
    }
    int gate = Math.min(season > 1 ? CONTEXT_SEASONS : GATE_VALUES, contextLength / season);
    defaults.add(
        chosen("gate.seasons", gate, season > 1 ? "seasons in the context" : "single values"));
    return gate;
  }

  private static Transform transform(
      ModelSpec open, DataProfile data, List<ResolvedDefault> defaults) {
    if (open.scaling().transform() != Transform.AUTO) {
      return open.scaling().transform();
    }
    if (open.output().loss() == Loss.NEGATIVE_BINOMIAL) {
      defaults.add(chosen("scaling.transform", "none", "counts keep their unit"));
      return Transform.NONE;
    }
    defaults.add(
        data.allPositive()
            ? chosen("scaling.transform", "log", "all training values are positive")
            : chosen("scaling.transform", "none", "some training values are not positive"));
    return data.allPositive() ? Transform.LOG : Transform.NONE;
  }

  private static ResolvedDefault chosen(String name, Object value, String reason) {
    return new ResolvedDefault("model." + name, value.toString(), reason);
  }

  private static ModelSpec closed(
      ModelSpec open, int season, int patch, Skip skip, int gate, Transform transform) {
    return new ModelSpec(
        open.shape(),
        open.cell(),
        open.hiddenSize(),
        open.layers(),
        open.dropout(),
        season,
        patch,
        open.scaling().with(transform),
        skip,
        new Gate(gate),
        open.convolution(),
        open.statics(),
        open.output(),
        open.decoder(),
        open.updater(),
        open.dl4j(),
        open.pretrained());
  }
}
