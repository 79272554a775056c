/**
 * The stored form of streaming states: versioned, bounded, apart from the classes that hold them.
 *
 * <p>In: the fields of a live state, named in a fixed order. Out: bytes with kind, version and
 * checksum, and back. Always holds: bytes of another kind or version, damaged, cut off or with
 * bytes left over are refused; nothing is allocated for a size that the bytes declare before it is
 * checked against what is left of them.
 */
package io.longcast.state;
