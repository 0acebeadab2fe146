package midge.sim.scenario;

import java.util.List;
import midge.sim.device.Ledger;

/**
 * How a run went.
 *
 * @param verdicts      one for each expectation, in the order of the file
 * @param totals        of all readings
 * @param retransmitted frames that devices and gateway sent again
 * @param endMs         virtual time at the end
 * @param traceHash     the same for every run of one scenario and seed
 */
public record ScenarioResult(
        String title,
        long seed,
        List<Verdict> verdicts,
        Ledger.Totals totals,
        long retransmitted,
        long endMs,
        long traceHash) {
    /**
     * One expectation's end.
     *
     * @param failure empty when it held
     */
    public record Verdict(String name, int line, String failure) {
        /** {@return whether it held} */
        public boolean held() {
            return failure.isEmpty();
        }
    }

    /** {@return whether everything was as expected} */
    public boolean held() {
        return verdicts.stream().allMatch(Verdict::held);
    }
}
