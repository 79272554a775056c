package io.longcast.jobs;

import io.longcast.evaluate.Metric;
import io.longcast.flow.CompareFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.ModelSummary;
import io.longcast.flow.OnnxFlow;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.report.TerminalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longcast models list|show|compare|promote|prune|export}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | compare | promote | prune | export)",
    description =
        "Lists, shows, compares, promotes, deletes and exports the models of a run in its output"
            + " folder.")
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a subcommand: list, show, compare, promote, prune or export");
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
    return "%s %s  %s  %sgate %s%s; %s%s"
        .formatted(
            model.promoted() ? "*" : " ",
            model.modelId(),
            model.saved().truncatedTo(ChronoUnit.SECONDS),
            scores,
            model.gate(),
            model.forecastsBy().map(best -> ", forecasts by " + best).orElse(""),
            model.rows(),
            model.data().map(span -> "; data of " + span).orElse(""));
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

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description =
          "Compares two models on the newest split.folds horizons of the source, as they serve.")
  int compare(
      @Parameters(index = "0", paramLabel = "MODEL_ID", description = "id of a model") String one,
      @Parameters(index = "1", paramLabel = "MODEL_ID", description = "id of another") String other,
      @Mixin RunOptions options)
      throws IOException {
    return options
        .without(one)
        .without(other)
        .run(
            "models",
            (spark, run, clock) ->
                compared(CompareFlow.run(spark, run, List.of(one, other), clock)));
  }

  /** What a model can be exported as. */
  enum ExportFormat {
    onnx
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description =
          "Writes the forecast network of a model with its scaling as one ONNX graph, for a serving"
              + " system without Spark.")
  int export(
      @Option(
              names = "--format",
              required = true,
              description = "format of the file: ${COMPLETION-CANDIDATES}")
          ExportFormat format,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description = "file to write (default: NAME-ID.onnx in this folder)")
          Path to,
      @Option(
              names = "--network",
              description =
                  "export the network even if a baseline or a combination forecasts in its place")
          boolean network,
      @Mixin ModelOption model,
      @Mixin RunOptions options)
      throws IOException {
    return options.run(
        "models",
        (spark, run, clock) -> {
          ModelBundle bundle = model.bundle(spark, run);
          Manifest manifest = bundle.manifest();
          Path file =
              to == null ? Path.of(manifest.name() + "-" + manifest.modelId() + ".onnx") : to;
          byte[] bytes = OnnxFlow.write(bundle, network);
          write(file, bytes);
          return new CommandResult()
              .figure("file", file.toString())
              .figure("model_id", manifest.modelId())
              .line("%s: model %s, %,d bytes".formatted(file, manifest.modelId(), bytes.length))
              .line("its quantiles are those of the network, without the bundle's correction");
        });
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot write %s: expected a file in an existing, writable folder (option --to)"
              .formatted(file),
          e);
    }
  }

  private static CommandResult compared(List<CompareFlow.Compared> models) {
    CommandResult answer = new CommandResult();
    TerminalTable table = new TerminalTable(List.of("model", "values", "mase", "wape"));
    for (CompareFlow.Compared model : models) {
      double wape =
          model.scores().pooled().metrics().stream()
              .filter(metric -> metric.name().equals("wape"))
              .mapToDouble(Metric::value)
              .findFirst()
              .orElse(Double.NaN);
      double mase = model.scores().mase();
      table.row(model.modelId(), List.of((double) model.values(), mase, wape));
      answer.figure(model.modelId(), Map.of("mase", mase, "wape", wape));
    }
    table.toString().lines().forEach(answer::line);
    models.forEach(
        model ->
            model
                .trainedOn()
                .ifPresent(
                    span ->
                        answer.line(
                            "%s was trained on rows of %s: windows in it flatter it"
                                .formatted(model.modelId(), span))));
    return answer;
  }

  private static int onStore(RunOptions options, Function<ModelStore, CommandResult> work)
      throws IOException {
    return options.run("models", (spark, run, clock) -> work.apply(new ModelStore(spark, run)));
  }
}
