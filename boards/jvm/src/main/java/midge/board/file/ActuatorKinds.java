package midge.board.file;

import java.io.IOException;
import java.util.List;
import midge.board.Board;
import midge.hal.sense.Actuator;
import midge.sensors.dimmer.Dimmer;
import midge.sensors.relay.Relay;
import midge.sensors.servo.Servo;

/** The kinds of actuators that a device file can name. */
final class ActuatorKinds {
    private static final String RELAY = "relay";
    private static final String DIMMER = "dimmer";
    private static final String SERVO = "servo";

    private ActuatorKinds() {}

    static List<String> names() {
        return List.of(RELAY, DIMMER, SERVO);
    }

    /** {@return the actuator that the table describes} */
    static Actuator make(String kind, Table keys, Board board) throws IOException {
        if (kind.equals(RELAY)) {
            boolean activeLow = keys.flag("active_low", false);
            return new Relay(board.output(SensorKinds.pin(keys, "pin"), activeLow), activeLow);
        }
        int channel = keys.number("pwm", 0, 0, 15);
        return kind.equals(DIMMER) ? new Dimmer(board.pwm(channel)) : new Servo(board.pwm(channel));
    }
}
