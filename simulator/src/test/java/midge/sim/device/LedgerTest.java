package midge.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void countsAReadingThatWasAcknowledgedAndSeen() {
        Ledger.Reading reading = ledger.sent("d", "t", 21_380, "21.38", 1);
        assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(1, 0, 0, 1, 0, 0, 0, 0));
        assertThat(ledger.arrived("t", "21.38")).isSameAs(reading);
        ledger.outcome(reading, true);
        assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(1, 1, 0, 0, 0, 0, 0, 0));
        assertThat(ledger.isSettled()).isTrue();
    }

    @Test
    void callsAReadingLostWhenTheDeviceWasToldThatItArrived() {
        ledger.outcome(ledger.sent("d", "t", 1, "1", 1), true);
        assertThat(ledger.totals().lost()).isEqualTo(1);
        assertThat(ledger.isSettled()).isFalse();
    }

    @Test
    void doesNotCallAReadingLostThatTheDeviceGaveUp() {
        ledger.outcome(ledger.sent("d", "t", 1, "1", 1), false);
        assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(1, 0, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void countsASecondArrivalAsADuplicate() {
        ledger.sent("d", "t", 1, "1", 1);
        ledger.arrived("t", "1");
        assertThat(ledger.arrived("t", "1")).isNull();
        assertThat(ledger.totals().duplicated()).isEqualTo(1);
    }

    @Test
    void countsAnArrivalThatNobodySentAsADuplicateToo() {
        ledger.sent("d", "t", 1, "1", 1);
        assertThat(ledger.arrived("t", "2")).isNull();
        assertThat(ledger.totals().duplicated()).isEqualTo(1);
    }

    @Test
    void letsEqualReadingsArriveOnceEach() {
        ledger.sent("d", "t", 1, "1", 1);
        ledger.sent("d", "t", 1, "1", 1);
        ledger.arrived("t", "1");
        ledger.arrived("t", "1");
        assertThat(ledger.totals().delivered()).isEqualTo(2);
        assertThat(ledger.totals().duplicated()).isZero();
    }

    @Test
    void tellsReadingsOfQos0ThatNobodySawFromTheOthers() {
        ledger.sent("d", "t", 1, "1", 0);
        assertThat(ledger.totals().lostAtQos0()).isEqualTo(1);
        assertThat(ledger.isSettled()).isTrue();
    }

    @Test
    void keepsMessagesOfOthersApart() {
        ledger.arrived("elsewhere", "1");
        assertThat(ledger.foreign()).isEqualTo(1);
        assertThat(ledger.totals().duplicated()).isZero();
    }

    @Test
    void aReadingThatWentWithThePowerIsNeitherOpenNorLost() {
        ledger.forgotten(ledger.sent("d", "t", 1, "1", 1));
        assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(1, 0, 0, 0, 0, 0, 0, 1));
        assertThat(ledger.isSettled()).isTrue();
        ledger.arrived("t", "1");
        assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(1, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void withoutMemoryTheTotalsAreTheSame() {
        Ledger forgetful = new Ledger(false);
        for (int i = 0; i < 100; i++) {
            Ledger.Reading reading = forgetful.sent("d", "t", i, "" + i, i % 2);
            forgetful.outcome(reading, true);
            if (i % 2 == 1) {
                forgetful.arrived("t", "" + i);
            }
        }
        assertThat(forgetful.readings()).isEmpty();
        assertThat(forgetful.totals()).isEqualTo(new Ledger.Totals(100, 50, 0, 0, 0, 0, 50, 0));
    }
}
