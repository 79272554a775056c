package io.longcast.model.network;

import io.longcast.model.NetworkInputs;
import io.longcast.model.network.loss.OutputLoss;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** One linear map, shared by all steps of the horizon, from a step's state to its patch. */
final class StepHead implements ForecastComponent {
  private final int patch;
  private final int patches;
  private final int horizon;
  private final int extras;
  private final OutputLoss loss;
  private final LinearMap points;
  private final LinearMap others;
  private float[] y = new float[0];
  private float[] e = new float[0];

  StepHead(
      OutputLoss loss,
      NetworkInputs inputs,
      NetworkShape shape,
      int stateSize,
      ParameterLayout.Builder layout) {
    this.loss = loss;
    patch = shape.patch();
    patches = shape.horizonPatches();
    horizon = inputs.horizon();
    extras = loss.extras();
    points = new LinearMap("head", stateSize, patch, layout);
    others = extras == 0 ? null : new LinearMap("extras", stateSize, patch * extras, layout);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {
    for (int j = 0; others != null && j < others.outputs; j++) {
      parameters[others.bias.offset() + j] = loss.initialExtra(j % extras);
    }
  }

  private void grow(Tape tape) {
    int rows = tape.capacity() * patches;
    if (y.length < rows * patch) {
      y = new float[rows * patch];
      e = new float[rows * patch * extras];
    }
  }

  /** The points of one step's states {@code [size, stateSize]} alone, {@code [size, patch]}. */
  void pointsOf(Tape tape, float[] state, float[] parameters, float[] to) {
    Arrays.fill(to, 0, tape.size * patch, 0);
    points.forward(tape.product, tape.size, state, parameters, to);
  }

  @Override
  public void forward(Tape tape, float[] parameters) {
    grow(tape);
    int rows = patches * tape.size;
    Arrays.fill(y, 0);
    points.forward(tape.product, rows, tape.steps, parameters, y);
    spread(tape, y, tape.point, 1, true);
    if (others != null) {
      Arrays.fill(e, 0);
      others.forward(tape.product, rows, tape.steps, parameters, e);
      spread(tape, e, tape.extra, extras, true);
    }
  }

  /** Adds rows {@code [patches, size, patch * width]} to outputs, or reads them back. */
  private void spread(Tape tape, float[] rows, float[] outputs, int width, boolean out) {
    for (int d = 0; d < patches; d++) {
      int length = Math.min(patch, horizon - d * patch) * width;
      for (int i = 0; i < tape.size; i++) {
        int row = (d * tape.size + i) * patch * width;
        int at = (i * horizon + d * patch) * width;
        if (out) {
          LinearMap.add(length, rows, row, outputs, at);
        } else {
          System.arraycopy(outputs, at, rows, row, length);
          Arrays.fill(rows, row + length, row + patch * width, 0);
        }
      }
    }
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    int rows = patches * tape.size;
    spread(tape, y, tape.dPoint, 1, false);
    points.backward(tape.product, rows, tape.steps, y, gradient);
    points.inputGradient(tape.product, rows, y, parameters, tape.dSteps);
    if (others != null) {
      spread(tape, e, tape.dExtra, extras, false);
      others.backward(tape.product, rows, tape.steps, e, gradient);
      if (loss.extrasTrainTrunk()) {
        others.inputGradient(tape.product, rows, e, parameters, tape.dSteps);
      }
    }
  }
}
