package midge.sim.scenario;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A result in the XML that CI servers show: a test case for each expectation. */
public final class JunitReport {
    private JunitReport() {}

    /** @param file the scenario's, named as the class of its cases */
    public static String of(ScenarioResult result, String file, double seconds) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            long failed = result.verdicts().stream()
                    .filter(verdict -> !verdict.held())
                    .count();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", clean(result.title()));
            xml.writeAttribute("tests", String.valueOf(result.verdicts().size()));
            xml.writeAttribute("failures", String.valueOf(failed));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", seconds));
            xml.writeStartElement("properties");
            property(xml, "seed", String.valueOf(result.seed()));
            property(xml, "trace-hash", String.format("%016x", result.traceHash()));
            xml.writeEndElement();
            for (ScenarioResult.Verdict verdict : result.verdicts()) {
                testCase(xml, verdict, file);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    private static void property(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", value);
    }

    private static void testCase(XMLStreamWriter xml, ScenarioResult.Verdict verdict, String file)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(file));
        xml.writeAttribute("name", clean(verdict.name()));
        xml.writeAttribute("time", "0");
        if (!verdict.held()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", clean(verdict.failure()));
            xml.writeCharacters(clean(file) + ":" + verdict.line() + ": " + clean(verdict.failure()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML 1.0 has no place for control characters, not even escaped. */
    private static String clean(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
    }
}
