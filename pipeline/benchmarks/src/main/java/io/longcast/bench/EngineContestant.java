package io.longcast.bench;

import io.longcast.model.dl4j.BlasBackend;
import io.longcast.model.dl4j.StepEngine;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;

/** Ours inside DL4J: whole steps of a DL4J network, with clipping and its Adam. */
final class EngineContestant implements KernelContestant {
  private final KernelWorkload w;
  private final KernelData data;
  private final Backend backend = Numerics.open(BlasBackend::new);
  private final StepEngine engine;
  private final float[] out;

  EngineContestant(KernelWorkload w, CellKind kind, KernelData data) {
    this.w = w;
    this.data = data;
    engine = new StepEngine(KernelNetworks.ours(w, kind), w.batch, w.steps, backend);
    engine.clipNorm(1);
    out = new float[w.batch * KernelWorkload.HORIZON];
  }

  @Override
  public String name() {
    return "longcast in DL4J";
  }

  @Override
  public Speed run(boolean training, double seconds) {
    return training
        ? TimedLoop.run(
            i -> engine.fit(data.x[i & 7], data.y[i & 7], w.batch, w.steps), w.batch, seconds)
        : TimedLoop.run(i -> engine.output(data.x[i & 7], w.batch, w.steps, out), w.batch, seconds);
  }

  @Override
  public void close() {
    backend.close();
  }
}
