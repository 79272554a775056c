/**
 * Requests over HTTP that are tried again.
 *
 * <p>In: a request. Out: its answer, or why there is none. Always holds: neither an address nor a
 * header, which may hold secrets, is logged or part of a message.
 */
package io.longcast.http;
