/** MQTT-SN over Bluetooth LE: {@code ble://}, a central of the UART services of Nordic and of HM-10 modules, through BlueZ. */
@NullMarked
package midge.board.ble;

import org.jspecify.annotations.NullMarked;
