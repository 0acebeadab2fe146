package midge.sim.junit;

import java.security.SecureRandom;
import midge.sim.World;
import midge.sim.gateway.SimGateway;
import midge.sim.net.SimNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Makes the worlds of {@link MidgeWorld}, one for each test, and tells of it when the test fails. */
final class MidgeWorldExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(MidgeWorldExtension.class);
    private static final String SEED = "midge.seed";
    /** A seed that a person can type. */
    private static final int FRESH_BELOW = 1_000_000;

    /** Rides along with a test's failure, so that a report which has only the exception has the seed too. */
    private static final class InWorld extends RuntimeException {
        private static final long serialVersionUID = 1;

        InWorld(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        MidgeWorld options = options(test);
        try {
            test.getStore(OURS).put(SimWorld.class, new SimWorld(options, seed(options)));
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException("@MidgeWorld: " + e.getMessage(), e);
        }
    }

    private static MidgeWorld options(ExtensionContext test) {
        MidgeWorld options = test.getRequiredTestMethod().getAnnotation(MidgeWorld.class);
        for (Class<?> c = test.getRequiredTestClass(); options == null && c != null; c = c.getEnclosingClass()) {
            options = c.getAnnotation(MidgeWorld.class);
        }
        if (options == null) {
            throw new ExtensionConfigurationException("put @MidgeWorld on the class or the method");
        }
        return options;
    }

    private static long seed(MidgeWorld options) {
        String told = System.getProperty(SEED);
        if (told != null) {
            try {
                return Long.decode(told);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("-D" + SEED + "=" + told + " is no number", e);
            }
        }
        return options.seed() == MidgeWorld.FRESH ? new SecureRandom().nextInt(FRESH_BELOW) : options.seed();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Throwable failure = test.getExecutionException().orElse(null);
        SimWorld world = world(test);
        if (world == null || failure == null || failure instanceof TestAbortedException) {
            return;
        }
        String title = "in the world of seed " + world.seed() + ", after " + Trace.seconds(world.nowMs())
                + " of its time; -D" + SEED + "=" + world.seed() + " repeats it";
        failure.addSuppressed(new InWorld(title));
        System.err.println("midge: " + test.getRequiredTestClass().getSimpleName() + ", " + test.getDisplayName()
                + ": failed " + title + ". What happened last:\n" + world.trace());
    }

    private static @Nullable SimWorld world(ExtensionContext test) {
        return test.getStore(OURS).get(SimWorld.class, SimWorld.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == SimWorld.class
                || type == World.class
                || type == SimNetwork.class
                || type == SimGateway.class
                || type == TestBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        SimWorld world = world(test);
        if (world == null) {
            throw new ParameterResolutionException(
                    "each test has a world of its own: ask for it in the test method or in a @BeforeEach method");
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == World.class) {
            return world.world();
        } else if (type == SimNetwork.class) {
            return world.radio();
        } else if (type == SimGateway.class) {
            return world.gateway();
        } else {
            return type == TestBroker.class ? world.broker() : world;
        }
    }
}
