/** Detection and forecasts on Structured Streaming. */
package io.longcast.stream;
