/** Benchmarks, each with its question; answers are kept in the module's README. */
package midge.bench;
