/**
 * Fuzzing without a fuzzer: targets are plain classes, their corpus is a text file, and ordinary tests replay both. The coverage-guided
 * fuzzer is added from outside, by {@code .ci/fuzz}; docs/fuzzing.md tells how.
 */
package midge.fuzz;
