package midge.hal.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspAtParserTest {
    private final EspAtParser parser = new EspAtParser(20);
    private String data;

    private List<Integer> push(String text) {
        List<Integer> events = new ArrayList<>();
        for (byte octet : text.getBytes(ISO_8859_1)) {
            int event = parser.push(octet);
            if (event == EspAtParser.DATA) {
                data = new String(parser.data(), 0, parser.dataLength(), ISO_8859_1);
            }
            if (event != EspAtParser.NONE) {
                events.add(event);
            }
        }
        return events;
    }

    @ParameterizedTest
    @CsvSource({
        "OK, 1",
        "ERROR, 2",
        "FAIL, 2",
        "SEND OK, 4",
        "SEND FAIL, 5",
        "ready, 6",
        "busy p..., 7",
        "busy s..., 7",
        "CLOSED, 8",
        "UNLINK, 8",
        "WIFI DISCONNECT, 9",
        "ALREADY CONNECTED, 10",
        "ALREAY CONNECT, 10"
    })
    void understandsTheLinesThatMatter(String line, int event) {
        assertEquals(List.of(event), push("\r\n" + line + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"NOT OK", "OKAY", "O", "Recv 5 bytes", "WIFI GOT IP", "CONNECT", "+CWJAP:2", "ERR CODE:0x01090000"})
    void passesOverTheOthers(String line) {
        assertEquals(List.of(), push("\r\n" + line + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`+IPD,5:he>lo`", "`+IPD,5,\"10.0.0.2\",1884:he>lo`", "`+IPD,5,10.0.0.2,1884:he>lo`"})
    void takesDataInEveryForm(String text) {
        parser.expectPrompt();
        assertEquals(List.of(EspAtParser.DATA), push("\r\n" + text));
        assertEquals("he>lo", data);
        assertEquals(List.of(EspAtParser.OK), push("\r\nOK\r\n"));
    }

    @Test
    void dataMayHoldAnythingAndStandAnywhere() {
        parser.expectPrompt();
        assertEquals(
                List.of(EspAtParser.OK, EspAtParser.DATA, EspAtParser.PROMPT, EspAtParser.DATA, EspAtParser.SEND_OK),
                push("OK\r\n\r\n+IPD,6:\r\nOK\r\n> \r\nRecv 2 bytes\r\n+IPD,9:+IPD,3:> \r\r\nSEND OK\r\n"));
        assertEquals("+IPD,3:> ", data);
    }

    @Test
    void aPromptCountsOnlyWhenItIsExpectedAndOnce() {
        assertEquals(List.of(), push("> \r\n"));
        parser.expectPrompt();
        assertEquals(List.of(EspAtParser.PROMPT), push("> "));
        assertEquals(List.of(), push("> \r\n"));
        parser.expectPrompt();
        assertEquals(List.of(), push("a>\r\n"));
    }

    @Test
    void aDatagramOverTheMtuIsSkippedAndCounted() {
        assertEquals(List.of(EspAtParser.OK), push("+IPD,21:\r\nOK\r\n89012345678901\r\n\r\nOK\r\n"));
        assertEquals(1, parser.oversizedDatagrams());
    }

    @ParameterizedTest
    @CsvSource({"+IPD,0:", "+IPD,:", "+IPD,x:", "+IPD,99999:", "+IPD,5x:"})
    void aLengthThatMakesNoSenseIsNoData(String text) {
        assertEquals(List.of(EspAtParser.OK), push(text + "\r\nOK\r\n"));
    }

    @Test
    void resetEndsDataThatNeverCome() {
        push("+IPD,20:only");
        parser.reset();
        assertEquals(List.of(EspAtParser.OK), push("OK\r\n"));
    }

    @Test
    void anyOctetsAreTaken() {
        Random random = new Random(9);
        for (int i = 0; i < 300_000; i++) {
            parser.push(random.nextInt(4) == 0 ? "+IPD,12:>\r\nOK ".charAt(random.nextInt(14)) : random.nextInt(256));
            if (i % 1_000 == 0) {
                parser.expectPrompt();
            }
        }
        parser.reset();
        assertEquals(List.of(EspAtParser.READY), push("\r\nready\r\n"));
    }
}
