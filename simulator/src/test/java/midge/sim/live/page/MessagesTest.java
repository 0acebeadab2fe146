package midge.sim.live.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {
    private final Messages messages = new Messages();

    @Test
    void aTableHasQuotesWhereTheyAreNeeded() {
        messages.add(0, "midge/a/t", "21.5");
        messages.add(1_500, "odd,topic", "say \"hi\"\n");
        assertThat(messages.csv())
                .isEqualTo("time,topic,payload\r\n"
                        + "1970-01-01T00:00:00Z,midge/a/t,21.5\r\n"
                        + "1970-01-01T00:00:01.500Z,\"odd,topic\",\"say \"\"hi\"\"\n\"\r\n");
    }

    @Test
    void largeMessagesPushOutOldOnes() {
        for (int i = 0; i < 20; i++) {
            messages.add(i, "topic" + i, "x".repeat(300_000));
        }
        assertThat(messages.csv())
                .doesNotContain("topic0,", "topic10,")
                .contains("topic19,")
                .hasSizeLessThan(3_000_000);
    }

    @Test
    void jsonEscapesWhatWouldBreakAnEvent() {
        Json json = new Json()
                .object()
                .put("a", "x\n\"\\\u0001\ud800")
                .put("b", 1.25, 1)
                .put("c", Double.NaN, 1);
        assertThat(json.endObject().toString())
                .isEqualTo("{\"a\":\"x\\u000a\\\"\\\\\\u0001\\ud800\",\"b\":1.3,\"c\":null}");
    }
}
