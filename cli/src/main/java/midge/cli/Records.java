package midge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import midge.sim.device.Ledger;

/** The ledger of a demo as CSV. */
final class Records {
    private Records() {}

    /** Finds out before the demo runs whether the file can be written. */
    static void check(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UserError(ExitCode.USAGE, "--record: cannot write " + file + " (" + e.getMessage() + ")");
        }
    }

    static void write(Path file, List<Ledger.Reading> readings) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.println("device,topic,qos,held,payload,delivered,arrived");
            for (Ledger.Reading r : readings) {
                out.println(String.join(
                        ",",
                        r.device(),
                        r.topic(),
                        Integer.toString(r.qos()),
                        Integer.toString(r.held()),
                        r.payload(),
                        Boolean.toString(r.delivered()),
                        Boolean.toString(r.arrived())));
            }
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "--record: cannot write " + file + " (" + e.getMessage() + ")");
        }
    }
}
