/**
 * Text of log lines: regular expressions that match in linear time, and terminal escape sequences.
 *
 * <p>What always holds: no method backtracks or recurses over its input; a work budget proportional
 * to the length of the text bounds every search.
 */
package io.longcast.logs.text;
