package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.loss.OutputLoss;
import java.util.random.RandomGenerator;

/** Linear maps from the state to all points, and to all extra outputs of the loss. */
final class DirectHead implements ForecastComponent {
  private final LinearMap points;
  private final LinearMap extras;
  private final OutputLoss loss;
  private final StateView view;

  DirectHead(
      OutputLoss loss, ModelSpec model, NetworkInputs inputs, ParameterLayout.Builder layout) {
    int stateSize = model.hiddenSize();
    view = new StateView(model.dropout(), stateSize, 3);
    this.loss = loss;
    points = new LinearMap("head", stateSize, inputs.horizon(), layout);
    extras =
        loss.extras() == 0
            ? null
            : new LinearMap("extras", stateSize, inputs.horizon() * loss.extras(), layout);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {
    for (int j = 0; extras != null && j < extras.outputs; j++) {
      parameters[extras.bias.offset() + j] = loss.initialExtra(j % loss.extras());
    }
  }

  @Override
  public void forward(Tape tape, float[] parameters) {
    float[] state = view.state(tape);
    points.forward(tape.product, tape.size, tape.wanted, state, parameters, tape.point);
    if (extras != null) {
      int wanted = tape.wanted * loss.extras();
      extras.forward(tape.product, tape.size, wanted, state, parameters, tape.extra);
    }
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    float[] state = view.last(tape);
    float[] dState = view.gradient(tape);
    points.backward(tape.product, tape.size, state, tape.dPoint, gradient);
    points.inputGradient(tape.product, tape.size, tape.dPoint, parameters, dState);
    if (extras != null) {
      extras.backward(tape.product, tape.size, state, tape.dExtra, gradient);
      if (loss.extrasTrainTrunk()) {
        extras.inputGradient(tape.product, tape.size, tape.dExtra, parameters, dState);
      }
    }
    view.passBack(tape);
  }
}
