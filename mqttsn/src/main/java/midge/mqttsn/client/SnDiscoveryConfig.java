package midge.mqttsn.client;

import midge.wire.Ranges;

/** Options of an {@link SnDiscovery}, all with defaults; set before construction. */
public final class SnDiscoveryConfig {
    private int gateways = 4;
    private int radius = 1;
    private int searchDelayMs = 5_000;
    private int searchGapMsMax = 900_000;
    private int answerDelayMs = 5_000;
    private int missedAdverts = 3;
    private int advertiseS = 900;
    private boolean answers;

    /** How many gateways to remember. Default 4. Range 1..32. */
    public SnDiscoveryConfig gateways(int gateways) {
        this.gateways = Ranges.check("gateways", gateways, 1, 32);
        return this;
    }

    /** Broadcast radius of SEARCHGW and GWINFO (§5.4.2), 0 for all nodes. Default 1. Range 0..255. */
    public SnDiscoveryConfig radius(int radius) {
        this.radius = Ranges.check("radius", radius, 0, 255);
        return this;
    }

    /** T_SEARCHGW: SEARCHGW goes out after a random time up to this, ms. Default 5_000 (§7.2). Range 1..60_000. */
    public SnDiscoveryConfig searchDelayMs(int searchDelayMs) {
        this.searchDelayMs = Ranges.check("searchDelayMs", searchDelayMs, 1, 60_000);
        return this;
    }

    /** The gap between two searches doubles up to this, ms. Default 900_000. Range 1_000..86_400_000. */
    public SnDiscoveryConfig searchGapMsMax(int searchGapMsMax) {
        this.searchGapMsMax = Ranges.check("searchGapMsMax", searchGapMsMax, 1_000, 86_400_000);
        return this;
    }

    /** T_GWINFO: an answer for a gateway goes out after a random time up to this, ms. Default 5_000 (§7.2). Range 1..60_000. */
    public SnDiscoveryConfig answerDelayMs(int answerDelayMs) {
        this.answerDelayMs = Ranges.check("answerDelayMs", answerDelayMs, 1, 60_000);
        return this;
    }

    /** N_ADV: advertisements that a gateway may miss. Default 3 (§7.2 suggests 2..3). Range 1..10. */
    public SnDiscoveryConfig missedAdverts(int missedAdverts) {
        this.missedAdverts = Ranges.check("missedAdverts", missedAdverts, 1, 10);
        return this;
    }

    /** T_ADV assumed of a gateway that is known by GWINFO only, s; it is kept twice as long. Default 900. Range 1..65535. */
    public SnDiscoveryConfig advertiseS(int advertiseS) {
        this.advertiseS = Ranges.check("advertiseS", advertiseS, 1, 0xFFFF);
        return this;
    }

    /** Answers the SEARCHGW of other clients for gateways whose address is known (§6.1). Default off. */
    public SnDiscoveryConfig answers() {
        answers = true;
        return this;
    }

    int gateways() {
        return gateways;
    }

    int radius() {
        return radius;
    }

    int searchDelayMs() {
        return searchDelayMs;
    }

    int searchGapMsMax() {
        return searchGapMsMax;
    }

    int answerDelayMs() {
        return answerDelayMs;
    }

    int missedAdverts() {
        return missedAdverts;
    }

    int advertiseS() {
        return advertiseS;
    }

    boolean isAnswering() {
        return answers;
    }
}
