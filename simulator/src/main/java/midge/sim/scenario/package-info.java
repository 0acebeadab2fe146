/**
 * Worlds described in files: devices, radio, what goes wrong when, and what is expected. Start with {@link midge.sim.scenario.Scenario} and
 * {@link midge.sim.scenario.ScenarioRun}.
 */
@NullMarked
package midge.sim.scenario;

import org.jspecify.annotations.NullMarked;
