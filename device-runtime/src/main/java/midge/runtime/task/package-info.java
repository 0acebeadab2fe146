/** What a device does: sample, publish, obey, sleep. Start with {@link SamplingTask}. */
package midge.runtime.task;
