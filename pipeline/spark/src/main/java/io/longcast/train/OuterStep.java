package io.longcast.train;

/**
 * The step from the old parameters towards the average of the shards: all the way, or with a rate
 * and Nesterov momentum of its own (Sutskever et al. 2013, applied to averages as in "SlowMo", Wang
 * et al. 2020).
 */
final class OuterStep {
  private final AveragingSpec spec;

  OuterStep(AveragingSpec spec) {
    this.spec = spec;
  }

  /**
   * @param velocity overwritten; as long as the parameters, zeros before the first step
   * @return the new parameters
   */
  float[] apply(float[] old, float[] average, float[] velocity) {
    float[] next = new float[old.length];
    for (int i = 0; i < next.length; i++) {
      double towards = (double) average[i] - old[i];
      double speed = spec.outerMomentum() * velocity[i] + towards;
      velocity[i] = (float) speed;
      next[i] = (float) (old[i] + spec.outerRate() * (towards + spec.outerMomentum() * speed));
    }
    return next;
  }

  boolean needsVelocity() {
    return !spec.isPlain();
  }
}
