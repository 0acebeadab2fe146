package midge.sim.live.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLogTest {
    private final EventLog log = new EventLog(3);

    private String after(long id) {
        StringBuilder found = new StringBuilder();
        log.after(id)
                .forEach(event -> found.append(event.id()).append(event.json()).append(' '));
        return found.toString().trim();
    }

    @Test
    void aPageThatComesBackGetsWhatItMissed() {
        log.add("packet", "a");
        log.add("message", "b");
        assertThat(after(0)).isEqualTo("1a 2b");
        assertThat(after(1)).isEqualTo("2b");
        assertThat(after(2)).isEmpty();
    }

    @Test
    void onlyTheLastEventsAreKept() {
        for (String event : "a b c d e".split(" ")) {
            log.add("packet", event);
        }
        assertThat(after(0)).isEqualTo("3c 4d 5e");
    }

    @Test
    void anIdFromBeforeTheProgramWasStartedAnewMeansAll() {
        log.add("packet", "a");
        assertThat(after(4711)).isEqualTo("1a");
    }

    @Test
    void aClosedLogLetsThePagesGo() throws InterruptedException {
        log.state("{}");
        assertThat(log.awaitState(0)).isEqualTo(1);
        log.close();
        assertThat(log.awaitState(1)).isEqualTo(-1);
    }
}
