/**
 * Tests of your own firmware in a virtual world, with JUnit Jupiter: put {@link MidgeWorld} on a test class and ask for a {@link SimWorld}.
 * docs/testing-your-device.md shows a whole one. Who uses this package brings JUnit along; the rest of the simulator wants none.
 */
@NullMarked
package midge.sim.junit;

import org.jspecify.annotations.NullMarked;
