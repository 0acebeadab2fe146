package midge.sim.scenario;

import midge.sim.World;
import midge.sim.signal.Weather;
import midge.wire.Prng;

/** What the signals of one run share: random numbers, and one weather for all. */
public final class Surroundings {
    private final World world;
    private final Weather weather;

    Surroundings(World world, long dayMs) {
        this.world = world;
        weather = new Weather(world.prng("weather"), dayMs);
    }

    Prng prng(String purpose) {
        return world.prng("signal/" + purpose);
    }

    Weather weather() {
        return weather;
    }
}
