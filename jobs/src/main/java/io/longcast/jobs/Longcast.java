package io.longcast.jobs;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The one entry point, for {@code bin/longcast} and {@code spark-submit} alike. */
@Command(
    name = "longcast",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Forecasts time series and detects anomalies in series and logs, on Apache Spark.",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      GenerateCommand.class,
      RunCommand.class,
      TrainCommand.class,
      ForecastCommand.class,
      DetectCommand.class,
      StreamCommand.class,
      ReportCommand.class,
      ShowCommand.class,
      SampleCommand.class,
      BacktestCommand.class,
      EvaluateCommand.class,
      DriftCommand.class,
      VerdictCommand.class,
      BenchmarkCommand.class,
      BenchCommand.class,
      PretrainCommand.class,
      ModelsCommand.class,
      VacuumCommand.class,
      NotebookCommand.class,
      HelpCommand.class
    })
public final class Longcast {

  /**
   * Runs one command. The process ends by itself after success, because a cluster manager takes an
   * exit from within for a failure.
   */
  public static void main(String[] args) {
    QuietLogs.install();
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs one command and returns its exit code: 0, or one of {@link ExitCode}. */
  static int run(String... args) {
    CommandLine command =
        new CommandLine(new Longcast())
            .setExecutionExceptionHandler(new FailureReport())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true);
    Interruption signal = Interruption.of(command.getErr());
    try {
      return command.execute(args.length == 0 ? new String[] {"help"} : args);
    } catch (Error failure) {
      // The library hands on exceptions alone: memory that is full is an Error.
      return FailureReport.report(failure, command.getErr(), List.of(args).contains("--verbose"));
    } finally {
      signal.close();
    }
  }
}
