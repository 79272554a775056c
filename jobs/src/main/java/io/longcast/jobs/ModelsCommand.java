package io.longcast.jobs;

import io.longcast.flow.ModelStore;
import io.longcast.flow.ModelSummary;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longcast models list|show|promote|prune}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | promote | prune)",
    description = "Lists, shows, promotes and deletes the models of a run in its output folder.")
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a subcommand: list, show, promote or prune");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the models.")
  int list(@Mixin RunOptions options) throws IOException {
    return onStore(
        options,
        store -> {
          CommandResult answer = new CommandResult().figure("models", store.list());
          store.summaries().forEach(model -> answer.line(line(model)));
          return answer.line("promoted: " + store.promoted().orElse("none"));
        });
  }

  private static String line(ModelSummary model) {
    String scores =
        model
            .bestBaseline()
            .map(
                best ->
                    String.format(
                        Locale.ROOT,
                        "MASE %.3f, best baseline %s %.3f, ",
                        model.mase(),
                        best,
                        model.baselineMase()))
            .orElse("");
    return "%s %s  %s  %sgate %s%s; %s"
        .formatted(
            model.promoted() ? "*" : " ",
            model.modelId(),
            model.saved().truncatedTo(ChronoUnit.SECONDS),
            scores,
            model.gate(),
            model.forecastsBy().map(best -> ", forecasts by " + best).orElse(""),
            model.rows());
  }

  @Command(
      name = "prune",
      mixinStandardHelpOptions = true,
      description = "Deletes old models; the promoted one stays.")
  int prune(
      @Option(
              names = "--keep",
              paramLabel = "N",
              defaultValue = "5",
              description = "models to keep beside the promoted one (default: 5)")
          int keep,
      @Mixin RunOptions options)
      throws IOException {
    if (keep < 0) {
      throw new ParameterException(spec.commandLine(), "--keep must be >= 0, found " + keep);
    }
    return onStore(
        options,
        store -> {
          CommandResult answer = new CommandResult();
          store.prune(keep).forEach(id -> answer.line("deleted: " + id));
          return answer.line("models left: " + store.list().size());
        });
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the manifest of a model.")
  int show(
      @Parameters(paramLabel = "MODEL_ID", description = "id of the model") String id,
      @Mixin RunOptions options)
      throws IOException {
    return onStore(options.without(id), store -> new CommandResult().line(store.manifest(id)));
  }

  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = "Promotes a model: forecast and detect use it from now on.")
  int promote(
      @Parameters(paramLabel = "MODEL_ID", description = "id of the model") String id,
      @Mixin RunOptions options)
      throws IOException {
    return onStore(
        options.without(id),
        store -> {
          store.bundle(id);
          store.promote(id);
          return new CommandResult().line("promoted: " + store.folder(id));
        });
  }

  private static int onStore(RunOptions options, Function<ModelStore, CommandResult> work)
      throws IOException {
    return options.run("models", (spark, run, clock) -> work.apply(new ModelStore(spark, run)));
  }
}
