package io.longcast.bench;

import java.io.Serializable;

/**
 * What {@code bench} measures: section {@code bench}.
 *
 * @param averaging a round of averaging
 * @param kernels the recurrent kernels
 * @param anomaly the combined anomaly score
 * @param forecast throughput of forecasts
 * @param fleet a large fleet scored in one pass
 * @param chunks long series scored in parallel chunks
 * @param stream detection on a stream
 */
public record BenchSpec(
    AveragingBenchSpec averaging,
    KernelBenchSpec kernels,
    AnomalyBenchSpec anomaly,
    ForecastBenchSpec forecast,
    FleetBenchSpec fleet,
    ChunksBenchSpec chunks,
    StreamBenchSpec stream)
    implements Serializable {}
