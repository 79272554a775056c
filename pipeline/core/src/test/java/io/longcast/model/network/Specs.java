package io.longcast.model.network;

import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Convolution;
import io.longcast.model.ModelSpec.Decoder;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Gate;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.ModelSpec.Skip;
import io.longcast.model.ModelSpec.Statics;
import io.longcast.model.ModelSpec.Updater;
import io.longcast.scale.Level;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Spread;
import io.longcast.scale.Transform;
import java.util.List;

/** Specs that tests start from and change one thing of. */
public final class Specs {
  /** The levels of the default interval forecasts. */
  public static final List<Double> LEVELS = List.of(.025, .05, .1, .25, .5, .75, .9, .95, .975);

  /** Of a small network without scaled paths, everything plain. */
  public static ModelSpec plain(Shape shape, Cell cell, int hidden) {
    return new ModelSpec(
        shape,
        cell,
        hidden,
        1,
        0,
        1,
        1,
        new ScalingSpec(Transform.NONE, Level.ZERO, Spread.ONE, 20, false),
        new Skip(false, List.of()),
        new Gate(0),
        new Convolution(0, 16, 5),
        new Statics(Encoding.EMBEDDING, 4),
        new ModelOutput(Loss.MSE, .5, List.of(), 1, false, 0),
        new Decoder(200),
        new Updater(.9, .999, 1e-7, 1));
  }

  /** Of the recipe for hourly series. */
  public static ModelSpec recipe(int season, int hidden, List<Double> levels, boolean share) {
    return new ModelSpec(
        Shape.MANY_TO_ONE,
        Cell.LSTM,
        hidden,
        1,
        .1,
        season,
        season,
        new ScalingSpec(Transform.LOG, Level.LAST_SEASON, Spread.DEVIATION, 20, true),
        new Skip(true, List.of(1, 7)),
        new Gate(14),
        new Convolution(0, 16, 5),
        new Statics(Encoding.EMBEDDING, 4),
        new ModelOutput(Loss.MAE, .5, levels, 1, share, 0),
        new Decoder(200),
        new Updater(.9, .999, 1e-7, 1));
  }

  private Specs() {}
}
