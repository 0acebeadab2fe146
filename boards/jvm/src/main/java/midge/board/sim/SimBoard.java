package midge.board.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.board.Board;
import midge.board.Boards;
import midge.board.ExpectedChip;
import midge.board.SystemFiles;
import midge.hal.Clock;
import midge.hal.DigitalIn;
import midge.hal.DigitalOut;
import midge.hal.EchoTimer;
import midge.hal.I2cBus;
import midge.hal.Pwm;
import midge.hal.SpiBus;
import midge.sensors.hcsr04.HcSr04Model;
import midge.sensors.mcp3008.Mcp3008Model;
import midge.sensors.model.ModelI2cBus;
import midge.sensors.model.ModelPwm;
import midge.sensors.pir.PirModel;
import midge.sensors.relay.RelayModel;

/** A board of models: every chip that a device names is there, and lives in slowly changing weather. */
public final class SimBoard implements Board {
    /** Fault: nobody answers at the address. */
    public static final String ABSENT = "absent";
    /** Fault: the bus of this chip is held low. */
    public static final String STUCK_BUS = "stuck-bus";
    /** Fault: a BME280 or BMP280 has the number of another chip. */
    public static final String WRONG_CHIP = "wrong-chip";

    private static final int REFERENCE_MILLIVOLT = 3_300;
    private static final int MCP3008_CHANNELS = 8;
    private static final int MOTION_HOLD_MS = 3_000;

    private final Clock clock;
    private final Weather weather;
    private final SimFiles files;
    private final Map<Integer, Bus> buses = new HashMap<>();
    private final Map<String, Object> parts = new HashMap<>();

    /** One I2C bus: the models on it, and how drivers see them. */
    private static final class Bus {
        final ModelI2cBus models;
        final List<SimChip> chips = new ArrayList<>();
        final I2cBus seen;

        Bus(Clock clock) {
            models = new ModelI2cBus(clock);
            seen = SimChip.feeling(models, chips);
        }
    }

    /** @param clock that of the device, so that a conversion takes its time */
    public SimBoard(Clock clock) {
        this.clock = clock;
        weather = new Weather(clock);
        files = new SimFiles(weather);
    }

    @Override
    public String name() {
        return Boards.SIM;
    }

    @Override
    public SystemFiles files() {
        return files;
    }

    @Override
    public void expect(ExpectedChip chip) {
        SimChip model = SimChip.of(chip, weather);
        if (model != null) {
            Bus bus = bus(chip.bus());
            bus.models.attach(chip.address(), model.model());
            bus.chips.add(model);
            if (chip.fault().equals(STUCK_BUS)) {
                bus.models.stuck(true);
            }
        }
    }

    private Bus bus(int number) {
        return buses.computeIfAbsent(number, n -> new Bus(clock));
    }

    @Override
    public I2cBus i2c(int bus) {
        return bus(bus).seen;
    }

    @Override
    public SpiBus spi(int bus, int chip, int hertz) {
        int place = 8 * bus + chip;
        Mcp3008Model model = part("spi" + place, Mcp3008Model.class, new Mcp3008Model(REFERENCE_MILLIVOLT));
        return (write, writeOffset, read, readOffset, length) -> {
            for (int channel = 0; channel < MCP3008_CHANNELS; channel++) {
                model.microvolt(channel, weather.microvolt(place + channel));
            }
            return model.transfer(write, writeOffset, read, readOffset, length);
        };
    }

    @Override
    public DigitalIn input(int pin, Pull pull) {
        PirModel model = part("input" + pin, PirModel.class, new PirModel(clock, MOTION_HOLD_MS, 0));
        return () -> {
            if (weather.moves(pin)) {
                model.move();
            }
            return model.read();
        };
    }

    @Override
    public DigitalOut output(int pin, boolean high) {
        return part("output" + pin, RelayModel.class, new RelayModel(high));
    }

    @Override
    public Pwm pwm(int channel) {
        return part("pwm" + channel, ModelPwm.class, new ModelPwm());
    }

    @Override
    public EchoTimer echo(int triggerPin, int echoPin) {
        HcSr04Model model = part("echo" + echoPin, HcSr04Model.class, new HcSr04Model(clock));
        return new EchoTimer() {
            @Override
            public int trigger() {
                model.micrometres(weather.micrometres(echoPin));
                return model.trigger();
            }

            @Override
            public int echoUs() {
                return model.echoUs();
            }
        };
    }

    private <T> T part(String place, Class<T> kind, T made) {
        return kind.cast(parts.computeIfAbsent(place, p -> made));
    }

    @Override
    public void close() {}
}
