/** What every sensor and actuator looks like to the runtime. */
package midge.hal.sense;
