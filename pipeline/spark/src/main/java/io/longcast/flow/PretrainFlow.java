package io.longcast.flow;

import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.training.Pretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Trains the pretrained network on synthetic series, without Spark. Writes into its folder a
 * checkpoint from time to time and the averaged weights beside it; each file is replaced
 * atomically, so that a run may be ended at any time and resumed later.
 */
public final class PretrainFlow {
  /** The checkpoint in the folder. */
  public static final String CHECKPOINT = "checkpoint.bin";

  /** The weights in the folder, as they go into the jar. */
  public static final String WEIGHTS = ZeroWeights.BUILT_IN + ".bin";

  private static final int VALIDATION_BATCHES = 8;

  private final PretrainSettings settings;
  private final Path folder;
  private final Consumer<String> log;

  /**
   * @param log takes one line for each checkpoint
   */
  public PretrainFlow(PretrainSettings settings, Consumer<String> log) {
    this.settings = settings;
    this.folder = Path.of(settings.folder());
    this.log = log;
  }

  /**
   * What was done.
   *
   * @param steps updates in all
   * @param loss quantile loss of the averaged weights on synthetic series that were not trained on
   * @param id of the weights
   * @param weights where they are
   */
  public record Outcome(long steps, double loss, String id, Path weights) {}

  /**
   * Trains until all steps are done.
   *
   * @param resume whether to go on from the checkpoint in the folder
   * @throws IllegalArgumentException if there is a checkpoint and it is not to be resumed, or is of
   *     other settings
   */
  public Outcome run(boolean resume) throws IOException {
    Files.createDirectories(folder);
    Path checkpoint = folder.resolve(CHECKPOINT);
    boolean found = Files.exists(checkpoint);
    if (found && !resume) {
      throw new IllegalArgumentException(
          "there is a checkpoint at %s: give --resume to go on from it, or another folder"
                  .formatted(checkpoint)
              + " (pretrain.folder)");
    }
    try (Pretraining training =
        new Pretraining(settings.training(), Numerics::open, settings.threads())) {
      if (found) {
        training.resume(Files.readAllBytes(checkpoint));
      }
      log.accept(
          "%,d parameters, from step %,d of %,d"
              .formatted(training.parameters(), training.step(), settings.training().steps()));
      train(training);
      ZeroWeights weights = training.weights();
      double loss = training.validationLoss(VALIDATION_BATCHES);
      return new Outcome(training.step(), loss, weights.id(), folder.resolve(WEIGHTS));
    }
  }

  private void train(Pretraining training) throws IOException {
    long every = settings.checkpointEvery().toNanos();
    long from = System.nanoTime();
    long begun = from;
    long first = training.step();
    while (!training.isDone()) {
      training.update();
      long now = System.nanoTime();
      if (now - from >= every && !training.isDone()) {
        save(training);
        double seconds = (now - begun) / 1e9;
        log.accept(
            String.format(
                Locale.ROOT,
                "step %,d, training loss %.4f, %.3f s a step",
                training.step(),
                training.loss(),
                seconds / (training.step() - first)));
        from = System.nanoTime();
      }
    }
    save(training);
  }

  private void save(Pretraining training) throws IOException {
    replace(WEIGHTS, training.weights().toBytes());
    replace(CHECKPOINT, training.checkpoint());
  }

  private void replace(String name, byte[] bytes) throws IOException {
    Path part = folder.resolve(name + ".part");
    Files.write(part, bytes);
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
