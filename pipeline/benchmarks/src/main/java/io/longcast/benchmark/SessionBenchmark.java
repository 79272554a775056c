package io.longcast.benchmark;

import io.longcast.logs.SequenceModel;
import io.longcast.logs.SequenceSpec;
import io.longcast.logs.SessionScorer;
import io.longcast.logs.language.KeyTrainer;
import io.longcast.logs.sequence.CountVectorCheck;
import io.longcast.logs.sequence.KeySessionFile;
import io.longcast.logs.sequence.LengthCheck;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.SessionCheck;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.sequence.TwoGramCheck;
import io.longcast.logs.sequence.UnseenKeyCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Abnormal sessions among normal ones. Everything is fitted and frozen on the training sessions;
 * the detector is compared with its parts and simple checks, each alone, and the same with fewer
 * training sessions.
 */
public final class SessionBenchmark {
  private final BenchmarkSpec spec;
  private final SessionsSpec sessions;
  private final SequenceSpec sequences;
  private final KeyTrainer trainer;
  private final List<int[]> train;
  private final List<int[]> normal;
  private final List<int[]> abnormal;

  /**
   * Reads the data.
   *
   * @param data the collection's folder
   * @param sequences how sessions are scored
   * @param trainer of the language model
   */
  public SessionBenchmark(
      BenchmarkSpec spec, Path data, SequenceSpec sequences, KeyTrainer trainer) {
    this.spec = spec;
    this.sessions = spec.sessions().orElseThrow();
    this.sequences = sequences;
    this.trainer = trainer;
    train = read(data, sessions.train());
    normal = read(data, sessions.normal());
    abnormal = read(data, sessions.abnormal());
  }

  private static List<int[]> read(Path folder, String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (var files = Files.list(folder)) {
      List<Path> found = files.filter(f -> matcher.matches(f.getFileName())).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "no file "
                + pattern
                + " in "
                + folder
                + "; give the folder with --data DIR, or other patterns (section"
                + " benchmark.sessions)");
      }
      List<int[]> all = new ArrayList<>();
      for (Path file : found) {
        try (var lines = Files.lines(file)) {
          all.addAll(KeySessionFile.read(lines).sessions());
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pattern + " in " + folder, e);
    }
  }

  /** Fits, evaluates and compares. */
  public BenchmarkReport run(Map<String, String> settings) {
    long start = System.nanoTime();
    Map<String, String> said = new LinkedHashMap<>(settings);
    Map<String, Map<String, Double>> others = new LinkedHashMap<>();
    Map<String, Double> ours = new LinkedHashMap<>(judge(train.size(), "", others, said));
    for (int fewer : sessions.fewer()) {
      if (fewer < train.size()) {
        String prefix = fewer + " sessions: ";
        Map<String, Double> row = judge(fewer, prefix, others, said);
        others.put(prefix + "longcast", row);
        row.forEach((name, value) -> ours.put(name + "_" + fewer, value));
      }
    }
    said.put("fixed_on", spec.fixedOn());
    return new BenchmarkReport(
        spec.name(), ours, others, Reports.published(spec), said, Reports.secondsSince(start));
  }

  private Map<String, Double> judge(
      int size, String prefix, Map<String, Map<String, Double>> others, Map<String, String> said) {
    Map<Integer, Integer> vocabulary = vocabulary(train.subList(0, size));
    SessionSet set = SessionSet.of(coded(train.subList(0, size), vocabulary), vocabulary.size());
    List<int[]> good = coded(normal, vocabulary);
    List<int[]> bad = coded(abnormal, vocabulary);
    SequenceModel model = SequenceModel.fit(NormalSessions.of(set), sequences, trainer);
    said.put((prefix + "choice").replace(": ", " "), model.choice().toString());
    said.put((prefix + "shares").replace(": ", " "), model.shares().toString());
    checks(set, model)
        .forEach((name, check) -> others.put(prefix + name, figures(check, good, bad)));
    try (SessionScorer scorer = new SessionScorer(model)) {
      Map<String, Double> row =
          figures(s -> scorer.check(s, new long[s.length]).isPresent(), good, bad);
      row.put("perplexity", model.choice().perplexity());
      return row;
    }
  }

  private Map<String, Predicate<int[]>> checks(SessionSet set, SequenceModel model) {
    SessionCheck unseen = UnseenKeyCheck.fit(set);
    SessionCheck length = LengthCheck.fit(set);
    SessionCheck pairs = TwoGramCheck.fit(set);
    CountVectorCheck counts = model.counts();
    Map<String, SessionCheck> checks = new LinkedHashMap<>();
    checks.put("unseen key", unseen);
    checks.put("length", length);
    checks.put("unseen key + length", unseen.or(length));
    checks.put("2-gram", pairs);
    checks.put("2-gram + length", pairs.or(length));
    checks.put("counts" + (counts.isOn() ? "" : " (off)"), counts);
    checks.put("language model", unseen.or(model.ranks()));
    checks.put("language model + length", unseen.or(model.ranks()).or(length));
    Map<String, Predicate<int[]>> all = new LinkedHashMap<>();
    checks.forEach((name, check) -> all.put(name, s -> check.check(s).isPresent()));
    return all;
  }

  private Map<String, Double> figures(Predicate<int[]> isAlarm, List<int[]> good, List<int[]> bad) {
    Map<int[], Boolean> known = new TreeMap<>(Comparator.comparing(s -> s, Arrays::compare));
    return new SessionFigures(
            alarms(isAlarm, bad, known), bad.size(), alarms(isAlarm, good, known), good.size())
        .row(sessions);
  }

  private static long alarms(Predicate<int[]> isAlarm, List<int[]> all, Map<int[], Boolean> known) {
    return all.stream().filter(s -> known.computeIfAbsent(s, isAlarm::test)).count();
  }

  /** Numbers the keys that occur. */
  private static Map<Integer, Integer> vocabulary(List<int[]> sessions) {
    Map<Integer, Integer> numbers = new TreeMap<>();
    sessions.stream()
        .flatMapToInt(Arrays::stream)
        .sorted()
        .forEach(key -> numbers.putIfAbsent(key, numbers.size()));
    return numbers;
  }

  private static List<int[]> coded(List<int[]> sessions, Map<Integer, Integer> vocabulary) {
    return sessions.stream()
        .map(
            session ->
                Arrays.stream(session)
                    .map(key -> vocabulary.getOrDefault(key, SessionSet.UNSEEN))
                    .toArray())
        .toList();
  }
}
