package io.longcast.jobs;

import io.longcast.flow.PretrainFlow;
import io.longcast.flow.PretrainSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast pretrain}. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    description =
        "Trains the network that forecasts without training, on synthetic series; without Spark. Run"
            + " with conf/pretrain.conf; --resume goes on from the last checkpoint.")
final class PretrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    PretrainSettings settings = options.checked().section(PretrainSettings.class);
    PretrainFlow.Outcome done =
        new PretrainFlow(settings, System.err::println).run(options.resume());
    return options.say(
        new CommandResult()
            .line("steps: %,d".formatted(done.steps()))
            .line("quantile loss on synthetic series not trained on: %.4f".formatted(done.loss()))
            .line("weights %s: %s".formatted(done.id(), done.weights()))
            .figure("steps", done.steps())
            .figure("loss", done.loss())
            .figure("weights_id", done.id()));
  }
}
