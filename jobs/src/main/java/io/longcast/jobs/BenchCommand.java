package io.longcast.jobs;

import io.longcast.bench.AveragingBench;
import io.longcast.bench.KernelBench;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longcast bench averaging|kernels}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(averaging | kernels)",
    description = "Measures speed.")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to measure: averaging or kernels");
  }

  @Command(
      name = "averaging",
      mixinStandardHelpOptions = true,
      description =
          "A round of averaging beside DL4J's master; meant for --master local-cluster[2,1,2048].")
  int averaging(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) -> {
          JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
          AveragingBench.Report report = new AveragingBench(context, run.bench().averaging()).run();
          return answer(report.lines(), report.json());
        });
  }

  @Command(
      name = "kernels",
      mixinStandardHelpOptions = true,
      description = "The recurrent kernels beside DL4J's layers and PyTorch; starts no Spark.")
  int kernels(@Mixin RunOptions options) throws IOException {
    KernelBench.Report report = new KernelBench(options.settings().spec().bench().kernels()).run();
    return options.say(answer(report.lines(), report.json()));
  }

  private static Answer answer(List<String> lines, Map<String, Object> figures) {
    Answer answer = new Answer();
    lines.forEach(answer::line);
    figures.forEach(answer::figure);
    return answer;
  }
}
