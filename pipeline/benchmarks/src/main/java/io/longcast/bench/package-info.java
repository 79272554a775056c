/**
 * Measurements of speed, side by side: what comes in are sizes, what goes out are lines to read and
 * a map for {@code --json}. Contenders run in turns on the same machine and the same data; ratios
 * say more than times.
 */
package io.longcast.bench;
