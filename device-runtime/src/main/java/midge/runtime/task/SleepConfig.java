package midge.runtime.task;

import midge.wire.Ranges;

/** How a device sleeps. Immutable; made by {@link Builder}. */
public final class SleepConfig {
    final int sleepS;
    final int reportEvery;
    final int batch;
    final int awakeMsMax;
    final int missesMax;

    private SleepConfig(Builder options) {
        sleepS = options.sleepS;
        reportEvery = options.reportEvery;
        batch = options.batch;
        awakeMsMax = options.awakeMsMax;
        missesMax = options.missesMax;
    }

    /** Collects the options; each has a default. */
    public static final class Builder {
        private int sleepS = 60;
        private int reportEvery = 1;
        private int batch = 1;
        private int awakeMsMax = 60_000;
        private int missesMax = 3;

        /** Sleep duration told to the gateway (§6.14), s: it wakes at least this often. Default 60. Range 1..65_535. */
        public Builder sleepS(int sleepS) {
            this.sleepS = Ranges.check("sleepS", sleepS, 1, 0xFFFF);
            return this;
        }

        /**
         * In every so many-th cycle the device becomes active, measures and publishes; in the others it only collects what the gateway
         * holds for it, with one PINGREQ. Default 1. Range 1..1_000.
         */
        public Builder reportEvery(int reportEvery) {
            this.reportEvery = Ranges.check("reportEvery", reportEvery, 1, 1_000);
            return this;
        }

        /** Messages that wait (the state after a command, an urgent reading) before it becomes active out of turn. Default 1. */
        public Builder batch(int batch) {
            this.batch = Ranges.check("batch", batch, 1, 4_096);
            return this;
        }

        /** The longest time active, ms; what is not delivered by then waits for the next time. Default 60_000. Range 1_000..3_600_000. */
        public Builder awakeMsMax(int awakeMsMax) {
            this.awakeMsMax = Ranges.check("awakeMsMax", awakeMsMax, 1_000, 3_600_000);
            return this;
        }

        /** Wake-ups in a row without an answer before it connects, to learn whether the gateway is lost. Default 3. Range 1..100. */
        public Builder missesMax(int missesMax) {
            this.missesMax = Ranges.check("missesMax", missesMax, 1, 100);
            return this;
        }

        /** @return the configuration as it is now */
        public SleepConfig build() {
            return new SleepConfig(this);
        }
    }
}
