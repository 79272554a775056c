package io.longcast.bench;

import java.io.Serializable;

/**
 * What {@code bench} measures: section {@code bench}.
 *
 * @param averaging a round of averaging
 */
public record BenchSpec(AveragingBenchSpec averaging) implements Serializable {}
