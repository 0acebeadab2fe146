/** Microchip MCP3008 eight-channel 10-bit converter on SPI; start with {@link Mcp3008}. */
package midge.sensors.mcp3008;
