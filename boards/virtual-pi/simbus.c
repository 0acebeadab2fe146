// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Stands in for what a Raspberry Pi has at its buses: i2c-1 with a BMP280 at 0x76 (registers), an SHT31 at 0x44 (commands of 16 bits) and
 * nobody elsewhere; spidev0.0 with an MCP3008. Built into the kernel of the virtual board, never loaded elsewhere.
 */
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spi/spi.h>

#define BMP280 0x76
#define SHT31 0x44

static u8 registers[256] = {
	[0xd0] = 0x58,
	/* Calibration and one measurement of the data sheet's example, BST-BMP280-DS001 section 3.12. */
	[0x88] = 0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e, 0x43, 0xd6, 0xd0, 0x0b,
	0x27, 0x0b, 0x8c, 0x00, 0xf9, 0xff, 0x8c, 0x3c, 0xf8, 0xc6, 0x70, 0x17,
	[0xf7] = 0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00,
};
static u8 pointer;
static u16 command;

static int bmp280(struct i2c_msg *message)
{
	int i = 0;

	if (message->flags & I2C_M_RD) {
		for (; i < message->len; i++)
			message->buf[i] = registers[pointer++];
		return 0;
	}
	if (message->len)
		pointer = message->buf[0];
	/* A write goes on with pairs of a register and its value. */
	for (i = 1; i < message->len; i += 2) {
		registers[pointer] = message->buf[i];
		if (i + 1 < message->len)
			pointer = message->buf[i + 1];
	}
	return 0;
}

static u8 crc8(const u8 *octets)
{
	u8 crc = 0xff;
	int i, bit;

	for (i = 0; i < 2; i++) {
		crc ^= octets[i];
		for (bit = 0; bit < 8; bit++)
			crc = crc & 0x80 ? (crc << 1) ^ 0x31 : crc << 1;
	}
	return crc;
}

/* 25.00 degrees and 50 percent. */
static int sht31(struct i2c_msg *message)
{
	u8 answer[6] = { 0x66, 0x66, 0, 0x80, 0x00, 0 };
	int i;

	if (!(message->flags & I2C_M_RD)) {
		command = message->len == 2 ? message->buf[0] << 8 | message->buf[1] : 0;
		return message->len == 0 || message->len == 2 ? 0 : -EIO;
	}
	if (!command)
		return -ENXIO;
	answer[2] = crc8(answer);
	answer[5] = crc8(answer + 3);
	for (i = 0; i < message->len; i++)
		message->buf[i] = i < 6 ? answer[i] : 0xff;
	command = 0;
	return 0;
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int i, error;

	for (i = 0; i < count; i++) {
		if (messages[i].addr != BMP280 && messages[i].addr != SHT31)
			return -ENXIO;
		error = messages[i].addr == BMP280 ? bmp280(&messages[i]) : sht31(&messages[i]);
		if (error)
			return error;
	}
	return count;
}

static u32 abilities(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = { .master_xfer = transfer, .functionality = abilities };
static struct i2c_adapter adapter = { .owner = THIS_MODULE, .name = "simbus", .algo = &algorithm, .nr = 1 };

/* MCP3008, data sheet section 6.1: a start bit, four bits of channel, ten of value. Channel n shows n/7 of full scale. */
static int mcp3008(struct spi_controller *controller, struct spi_device *device, struct spi_transfer *exchange)
{
	const u8 *out = exchange->tx_buf;
	u8 *in = exchange->rx_buf;
	int value;

	if (!out || !in || exchange->len != 3 || out[0] != 1)
		return -EIO;
	value = ((out[1] >> 4) & 7) * 1023 / 7;
	in[0] = 0;
	in[1] = value >> 8;
	in[2] = value & 0xff;
	return 0;
}

static int __init start(void)
{
	/* spidev takes no device of its own name; this one is an analogue converter that it knows. */
	struct spi_board_info info = { .modalias = "dh2228fv", .max_speed_hz = 1000000, .mode = SPI_MODE_0 };
	struct platform_device *parent = platform_device_register_simple("simbus", -1, NULL, 0);
	struct spi_controller *controller = spi_alloc_master(&parent->dev, 0);
	int error = i2c_add_numbered_adapter(&adapter);

	if (error || !controller)
		return error ? error : -ENOMEM;
	controller->bus_num = 0;
	controller->num_chipselect = 1;
	controller->transfer_one = mcp3008;
	controller->mode_bits = SPI_CPOL | SPI_CPHA | SPI_CS_HIGH;
	controller->bits_per_word_mask = SPI_BPW_MASK(8);
	error = spi_register_controller(controller);
	if (!error && !spi_new_device(controller, &info))
		error = -ENODEV;
	return error;
}
late_initcall(start);
