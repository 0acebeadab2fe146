package midge.cli;

import picocli.CommandLine.Option;

/** Has the {@code --help} of every command; picocli acts on it by itself. {@code -h} is the broker's host, as in mosquitto's tools. */
@SuppressWarnings("UnusedVariable")
abstract class Helpful {
    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean asked;
}
