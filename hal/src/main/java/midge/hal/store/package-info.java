/** Storage that survives a power cut. */
package midge.hal.store;
