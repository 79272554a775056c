package io.longcast.model.zero.training;

import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.network.Adam;
import io.longcast.model.network.ParameterLayout;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.window.ShardSeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Trains the pretrained network on synthetic series that are drawn as they are needed, none twice.
 * Slices of a batch run on any number of threads; their gradients are added in order.
 *
 * <p>Update: AdamW (Loshchilov and Hutter 2019) with the global norm cut at 1.
 */
public final class Pretraining implements AutoCloseable {
  private static final Updater ADAM = new Updater(0.9, 0.98, 1e-8, 1);
  private static final double LOSS_MEMORY = 0.98;
  private static final int EARLY = 5;
  private static final long ORIGINS = 0x3C6EF372FE94F82BL;
  private static final long VALIDATION = 0x510E527FADE682D1L;

  private final PretrainSpec spec;
  private final List<Backend> backends = new ArrayList<>();
  private final List<GradientSlice> slices = new ArrayList<>();
  private final ExecutorService threads;
  private final ZeroNetwork network;
  private final Adam adam = new Adam(ADAM);
  private final float[] gradient;
  private PretrainState state;

  /**
   * @param backend makes one back end for each slice
   * @param threads 1 or more; the bits do not depend on it
   */
  public Pretraining(PretrainSpec spec, Supplier<? extends Backend> backend, int threads) {
    this.spec = spec;
    for (int i = 0; i < spec.slices(); i++) {
      backends.add(backend.get());
      slices.add(new GradientSlice(spec, backends.get(i)));
    }
    this.threads =
        Executors.newFixedThreadPool(
            Math.min(threads, spec.slices()),
            work -> {
              Thread thread = new Thread(work, "pretraining");
              thread.setDaemon(true);
              return thread;
            });
    network = slices.get(0).network();
    gradient = new float[network.layout().length()];
    state = new PretrainState(network.initial(spec.seed()));
  }

  /** Updates so far. */
  public long step() {
    return state.step;
  }

  /** Whether all updates are done. */
  public boolean isDone() {
    return state.step >= spec.steps();
  }

  /** Mean loss of about the newest 50 updates. */
  public double loss() {
    return state.loss;
  }

  /** Number of parameters. */
  public int parameters() {
    return gradient.length;
  }

  /** The averaged weights. */
  public ZeroWeights weights() {
    return new ZeroWeights(spec.shape(), state.average.clone());
  }

  /** A checkpoint. */
  public byte[] checkpoint() {
    return state.toBytes(spec);
  }

  /**
   * Resumes from a checkpoint.
   *
   * @throws io.longcast.state.StateFormatException if it is damaged, or of other settings
   */
  public void resume(byte[] checkpoint) {
    state = PretrainState.of(checkpoint, spec, gradient.length);
  }

  /** One update. */
  public void update() {
    int[] origins = origins();
    long step = state.step;
    inParallel(
        s ->
            slices
                .get(s)
                .run(state.parameters, origins, i -> seed(step, s * spec.sliceSize() + i)));
    double sum = 0;
    double count = 0;
    Arrays.fill(gradient, 0f);
    for (GradientSlice slice : slices) {
      sum += slice.targets().sum();
      count += slice.targets().count();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += slice.gradient()[i];
      }
    }
    double loss = sum / Math.max(1, count);
    state.loss = step == 0 ? loss : LOSS_MEMORY * state.loss + (1 - LOSS_MEMORY) * loss;
    apply(1 / Math.max(1, count));
  }

  private void apply(double factor) {
    double clip = adam.clipFactor(factor * Adam.norm(gradient));
    double rate = spec.rate(state.step);
    float kept = (float) (1 - rate * spec.weightDecay());
    for (ParameterLayout.Slice slice : network.layout().slices()) {
      for (int i = slice.offset(); slice.name().endsWith(".W") && i < slice.end(); i++) {
        state.parameters[i] *= kept;
      }
    }
    adam.update(state.parameters, state.moments, gradient, factor * clip, state.step, rate);
    double decay = Math.min(spec.averageDecay(), (1.0 + state.step) / (10.0 + state.step));
    float share = (float) (1 - decay);
    for (int i = 0; i < gradient.length; i++) {
      state.average[i] += share * (state.parameters[i] - state.average[i]);
    }
    state.step++;
  }

  /** Loss of the averaged weights on series that training never draws. */
  public double validationLoss(int batches) {
    int[] origins = new int[spec.origins()];
    for (int k = 0; k < origins.length; k++) {
      origins[k] = (k + 1) * PretrainSpec.CONTEXT_STEPS / origins.length - 1;
    }
    double sum = 0;
    double count = 0;
    for (int b = 0; b < batches; b++) {
      long batch = b;
      inParallel(
          s ->
              slices
                  .get(s)
                  .evaluate(
                      state.average,
                      origins,
                      i -> ShardSeed.mix(VALIDATION + batch * 1_000_003 + s * 1009L + i)));
      for (GradientSlice slice : slices) {
        sum += slice.targets().sum();
        count += slice.targets().count();
      }
    }
    return sum / Math.max(1, count);
  }

  private long seed(long step, int i) {
    return ShardSeed.mix(ShardSeed.mix(spec.seed()) + step * spec.batchSize() + i);
  }

  /** Two of the first five steps, the last, and others in between. */
  private int[] origins() {
    SplittableRandom random =
        new SplittableRandom(ShardSeed.mix(spec.seed() ^ ORIGINS) + state.step);
    int last = PretrainSpec.CONTEXT_STEPS - 1;
    boolean[] chosen = new boolean[last + 1];
    chosen[last] = true;
    draw(random, chosen, 0, EARLY, 2);
    draw(random, chosen, EARLY, last, spec.origins() - 3);
    int[] origins = new int[spec.origins()];
    int n = 0;
    for (int k = 0; k <= last; k++) {
      if (chosen[k]) {
        origins[n++] = k;
      }
    }
    return origins;
  }

  private static void draw(SplittableRandom random, boolean[] chosen, int from, int to, int count) {
    int left = Math.min(count, to - from);
    while (left > 0) {
      int k = random.nextInt(from, to);
      left -= chosen[k] ? 0 : 1;
      chosen[k] = true;
    }
  }

  /** Work on one slice. */
  @FunctionalInterface
  private interface SliceWork {
    void on(int slice);
  }

  private void inParallel(SliceWork work) {
    List<Future<?>> running = new ArrayList<>();
    for (int s = 0; s < slices.size(); s++) {
      int slice = s;
      running.add(threads.submit(() -> work.on(slice)));
    }
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("pretraining was interrupted", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a slice of the batch failed", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    backends.forEach(Backend::close);
  }
}
