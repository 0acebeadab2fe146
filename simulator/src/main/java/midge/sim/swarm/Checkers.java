package midge.sim.swarm;

import java.util.List;
import midge.sim.check.AcknowledgedArrived;
import midge.sim.check.BackInTime;
import midge.sim.check.Checker;
import midge.sim.check.CommandsHeard;
import midge.sim.check.GatewayBounded;
import midge.sim.check.HonestResends;
import midge.sim.check.NoStorm;
import midge.sim.check.NothingInvented;
import midge.sim.check.OneOutstanding;
import midge.sim.check.OrderKept;
import midge.sim.check.OutboxDrained;
import midge.sim.check.Qos2CommandOnce;
import midge.sim.check.Qos2ReadingOnce;
import midge.sim.check.SleepersLeftAlone;
import midge.sim.check.SoundFrames;
import midge.sim.check.StoredKept;
import midge.sim.check.TopicsMean;

/** Every checker, with the bounds that hold for a swarm. */
final class Checkers {
    private static final long GATEWAY_OCTETS_PER_DEVICE = 32 * 1024;
    private static final int FRAMES_PER_SECOND = 60;

    private Checkers() {}

    static List<Checker> all() {
        return List.of(
                new SoundFrames(),
                new NothingInvented(),
                new TopicsMean(),
                new AcknowledgedArrived(),
                new Qos2ReadingOnce(),
                new Qos2CommandOnce(),
                new OneOutstanding(),
                new HonestResends(),
                new SleepersLeftAlone(),
                new OrderKept(),
                new NoStorm(FRAMES_PER_SECOND),
                new GatewayBounded(GATEWAY_OCTETS_PER_DEVICE),
                new BackInTime(SwarmRun.BACK_MS),
                new OutboxDrained(),
                new StoredKept(),
                new CommandsHeard());
    }
}
