/** The loop of a device and the tasks that it runs. */
package midge.runtime;
