package midge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlSectionTest {
    private final List<String> errors = new ArrayList<>();

    private TomlSection parse(String text) {
        return TomlSection.parse("file", text, errors);
    }

    @Test
    void readsEveryKindOfValue() {
        TomlSection top = parse("""
                name = "n"
                loss = 0.25
                count = 3
                on = true
                every = "1.5m"
                list = ["a", "b"]
                [inner]
                word = "udp"
                [[many]]
                n = 1
                [[many]]
                n = 2
                """);
        assertThat(top.text("name")).isEqualTo("n");
        assertThat(top.number("loss", 0, 0, 1)).isEqualTo(0.25);
        assertThat(top.number("count", 0, 0, 10)).isEqualTo(3);
        assertThat(top.integer("count", 0, 0, 10)).isEqualTo(3);
        assertThat(top.flag("on", false)).isTrue();
        assertThat(top.durationMs("every", 0, 0, 100_000)).isEqualTo(90_000);
        assertThat(top.texts("list")).containsExactly("a", "b");
        TomlSection inner = top.section("inner");
        assertThat(inner).isNotNull();
        assertThat(inner.line()).isEqualTo(7);
        assertThat(inner.choice("word", "ble", Set.of("udp", "ble"))).isEqualTo("udp");
        assertThat(top.sections("many"))
                .extracting(each -> each.integer("n", 0, 0, 9))
                .containsExactly(1, 2);
        assertThat(top.text("absent", "default")).isEqualTo("default");
        assertThat(top.section("none")).isNull();
        assertThat(top.sections("none")).isEmpty();
        top.end();
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n = 11          | file:1: n is 11, must be a whole number 0..10",
                "n = 'x'         | file:1: n is \"x\", must be a whole number 0..10",
                "x = 1.5         | file:1: x is 1.5, must be a number 0..1",
                "x = nan         | file:1: x is NaN, must be a number 0..1",
                "t = 1           | file:1: t is 1, must be text in quotes",
                "f = 'yes'       | file:1: f is \"yes\", must be true or false",
                "d = '5'         | file:1: d is \"5\", must be a duration 1s..1m, such as \"30s\"",
                "d = '2m'        | file:1: d is \"2m\", must be a duration 1s..1m, such as \"30s\"",
                "l = ['a', 1]    | file:1: l is [\"a\", 1], must be a list of texts in quotes",
                "w = 'upd'       | file:1: w is \"upd\", did you mean udp? It can be udp",
                "s = 1           | file:1: s is 1, must be a section [s]",
                "nn = 1          | file:1: unknown key nn, did you mean n?",
                "= 1             | file:1: Unexpected '=', expected a key, a table key, a newline, or end-of-input",
            })
    void tellsWhatIsWrongAndGoesOnWithTheDefault(String text, String error) {
        TomlSection top = parse(text);
        assertThat(top.integer("n", 5, 0, 10)).isEqualTo(5);
        assertThat(top.number("x", 0.5, 0, 1)).isEqualTo(0.5);
        assertThat(top.text("t", "d")).isEqualTo("d");
        assertThat(top.flag("f", true)).isTrue();
        assertThat(top.durationMs("d", 7, 1_000, 60_000)).isEqualTo(7);
        assertThat(top.texts("l")).isEmpty();
        assertThat(top.choice("w", "udp", List.of("udp"))).isEqualTo("udp");
        assertThat(top.section("s")).isNull();
        top.end();
        assertThat(errors).containsExactly(error);
    }

    @Test
    void namesTheSectionAndItsLineWhenAKeyIsMissing() {
        TomlSection top = parse("\n[[many]]\na = 1\n");
        TomlSection many = top.sections("many").get(0);
        assertThat(many.text("name")).isEmpty();
        many.end();
        assertThat(errors).containsExactly("file:2: many.name is missing", "file:3: unknown key many.a");
    }

    @ParameterizedTest
    @CsvSource({
        "250ms,250",
        "30s,30000",
        "1.5s,1500",
        "5m,300000",
        "1h30m,5400000",
        "13m 3s,783000",
        "2h,7200000",
        "1d,86400000",
        "0s,0"
    })
    void durationsAreReadAndWritten(String text, long ms) {
        assertThat(DurationText.ms(text)).isEqualTo(ms);
        assertThat(DurationText.ms(DurationText.of(ms))).isEqualTo(ms);
    }

    @Test
    void durationsAreWrittenWithAsManyUnitsAsTheyNeed() {
        assertThat(DurationText.of(5_523_004)).isEqualTo("1h32m3s4ms");
        assertThat(DurationText.of(7_200_000)).isEqualTo("2h");
        assertThat(DurationText.of(0)).isEqualTo("0s");
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "s", "-1s", "1 week", "9999999999s", "1e3s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThat(DurationText.ms(text)).isEqualTo(-1);
    }
}
