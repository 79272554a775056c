package io.longcast.anomaly.score;

import io.longcast.anomaly.pattern.GrowingPattern;
import io.longcast.anomaly.pattern.PatternSpec;
import io.longcast.state.StateFields;

/** Residual and shapes in one score, of the values in their own units. */
final class Pattern implements Signal {
  private static final long serialVersionUID = 1L;
  private final GrowingPattern pattern;

  Pattern(PatternSpec spec) {
    pattern = new GrowingPattern(spec);
  }

  @Override
  public boolean learn(double[] values) {
    pattern.learn(values);
    return true;
  }

  @Override
  public double next(Sample sample) {
    pattern.next(sample.value, sample.mean);
    return sample.isMissing() ? Double.NaN : pattern.score();
  }

  @Override
  public boolean takesMissing() {
    return true;
  }

  @Override
  public boolean isLearning() {
    return pattern.isLearning();
  }

  @Override
  public int settledRows() {
    return pattern.settledRows();
  }

  @Override
  public double settled() {
    return pattern.settledScore();
  }

  @Override
  public ComponentSpec.Kind leading(ComponentSpec.Kind own) {
    return switch (pattern.leading()) {
      case RESIDUAL -> ComponentSpec.Kind.RESIDUAL;
      case SHORT_SHAPE -> ComponentSpec.Kind.SHORT_SHAPE;
      case SHAPE -> ComponentSpec.Kind.SHAPE;
      case LONG_SHAPE -> ComponentSpec.Kind.LONG_SHAPE;
      case TEXTURE -> ComponentSpec.Kind.TEXTURE;
      case LEVEL -> ComponentSpec.Kind.LEVEL;
      case STUCK -> ComponentSpec.Kind.STUCK;
    };
  }

  @Override
  public void fields(StateFields fields) {
    pattern.fields(fields);
  }
}
