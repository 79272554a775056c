package io.longcast.jobs;

import io.longcast.flow.ModelStore;
import java.io.IOException;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longcast models list|show|promote}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | promote)",
    description = "Lists, shows and promotes the models of a run in its output folder.")
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a subcommand: list, show or promote");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the models.")
  int list(@Mixin RunOptions options) throws IOException {
    return onStore(
        options,
        store -> {
          CommandResult answer = new CommandResult().figure("models", store.list());
          store.list().forEach(answer::line);
          return answer.line("promoted: " + store.promoted().orElse("none"));
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
