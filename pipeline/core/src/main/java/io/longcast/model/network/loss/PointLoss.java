package io.longcast.model.network.loss;

import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import java.util.List;

/** MAE, MSE or Huber's loss of the point, plus the quantile loss of the gaps around it. */
final class PointLoss implements OutputLoss {
  private final Loss kind;
  private final float delta;
  private final QuantileGaps gaps;

  PointLoss(ModelOutput output) {
    kind = output.loss();
    delta = (float) output.huberDelta();
    gaps = new QuantileGaps(output);
  }

  @Override
  public int extras() {
    return gaps.count();
  }

  @Override
  public boolean extrasTrainTrunk() {
    return gaps.movesPoint();
  }

  @Override
  public float initialExtra(int extra) {
    return gaps.initial(extra);
  }

  @Override
  public List<Double> levels() {
    return gaps.levels();
  }

  @Override
  public void quantiles(Outputs out, int at, double[] into) {
    gaps.quantiles(out.point[at], out.extra, at * gaps.count(), into);
  }

  @Override
  public double sum(Outputs out, double gradientScale) {
    float[] weights = out.weight;
    int n = out.count();
    float scale = (float) gradientScale;
    double sum = 0;
    for (int at = 0; at < n; at++) {
      float weight = weights[at];
      float error = out.point[at] - out.target[at];
      sum += weight * value(error);
      out.dPoint[at] = weight * scale * slope(error);
    }
    return gaps.count() == 0 ? sum : sum + gaps.sum(out, n, scale);
  }

  private float value(float error) {
    float size = Math.abs(error);
    return switch (kind) {
      case MSE -> error * error;
      case HUBER -> size < delta ? 0.5f * error * error / delta : size - 0.5f * delta;
      default -> size;
    };
  }

  private float slope(float error) {
    return switch (kind) {
      case MSE -> 2 * error;
      case HUBER -> Math.max(-1, Math.min(1, error / delta));
      default -> Math.signum(error);
    };
  }
}
