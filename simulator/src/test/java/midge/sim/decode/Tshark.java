package midge.sim.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** Runs tshark over a capture. */
final class Tshark {
    private Tshark() {}

    /** {@return a line for each packet of the capture, its fields separated by tabs} */
    static List<String> fields(Path capture, List<String> fields, String... options) {
        List<String> command = new ArrayList<>(
                List.of(Peers.require("tshark", "tshark"), "-r", capture.toString(), "-d", "udp.port==1884,mqttsn"));
        command.addAll(List.of(options));
        command.addAll(List.of("-T", "fields", "-E", "occurrence=a"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Program program = Program.start(command);
        assertThat(program.exitCode(60_000)).as(program.lines().toString()).isZero();
        return program.out();
    }
}
