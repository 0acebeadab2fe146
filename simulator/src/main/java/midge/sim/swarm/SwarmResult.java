package midge.sim.swarm;

/**
 * What happened in one world whose promises all held.
 *
 * @param traceHash equal for two runs of one seed
 * @param readings  taken by devices
 * @param delivered of them, as far as devices know
 * @param arrivals  at the broker, copies included
 * @param commands  published at the broker
 * @param heard     of them, by the device each was for
 * @param losses    connections that devices counted as lost
 * @param crashes   of devices and of the gateway
 * @param tears     power cuts of devices in the middle of a write to flash
 */
public record SwarmResult(
        long seed,
        long traceHash,
        int readings,
        int delivered,
        int arrivals,
        int commands,
        int heard,
        int losses,
        int crashes,
        int tears) {
    /** {@return both added up, for a whole swarm; the hash is folded} */
    public SwarmResult plus(SwarmResult other) {
        return new SwarmResult(
                seed,
                traceHash * 31 + other.traceHash,
                readings + other.readings,
                delivered + other.delivered,
                arrivals + other.arrivals,
                commands + other.commands,
                heard + other.heard,
                losses + other.losses,
                crashes + other.crashes,
                tears + other.tears);
    }
}
