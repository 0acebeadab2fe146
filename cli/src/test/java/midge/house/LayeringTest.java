package midge.house;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom: the table of docs/architecture.md. */
class LayeringTest {
    private static final String[] WORLD = {
        "java.net..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.time..",
        "java.util.concurrent..",
        "io.netty..",
        "org.tinylog.."
    };
    private static final String[] GATEWAY_DECIDES = {
        "midge.gateway.table..",
        "midge.gateway.port..",
        "midge.gateway.config..",
        "midge.gateway.store..",
        "midge.gateway.flow..",
        "midge.gateway.core.."
    };
    /** Java's InetAddress reads an address of figures there, which asks nobody. */
    private static final String READS_FIGURES = "midge.gateway.config.Network";

    private static JavaClasses house;

    @BeforeAll
    static void readClasses() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/test-classes/"))
                .importPackages("midge");
    }

    /** Each package tree and the only ones of ours that it may use besides itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "midge.wire..         | ",
                "midge.topic..        | midge.wire..",
                "midge.mqtt..         | midge.wire.. midge.topic..",
                "midge.mqttsn..       | midge.wire.. midge.topic..",
                "midge.hal..          | ",
                "midge.sensors..      | midge.hal..",
                "midge.runtime..      | midge.hal.. midge.wire.. midge.topic.. midge.mqtt.. midge.mqttsn..",
                "midge.settings..     | ",
                "midge.gateway..      | midge.settings.. midge.hal.. midge.wire.. midge.topic.. midge.mqtt.. midge.mqttsn..",
                "midge.board..        | midge.settings.. midge.hal.. midge.wire.. midge.topic.. midge.mqtt.. midge.mqttsn.. midge.runtime.. midge.sensors..",
            })
    void importsPointDownOnly(String tree, String allowed) {
        String[] ours =
                (tree.strip() + " " + (allowed == null ? "" : allowed)).strip().split("\\s+");
        classes()
                .that()
                .resideInAPackage(tree.strip())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(ours).or(not(resideInAPackage("midge.."))))
                .check(house);
    }

    /** What three of them asked for is in {@code driver}, what their models stand on in {@code model}. */
    @Test
    void chipsDoNotKnowEachOther() {
        DescribedPredicate<JavaClass> common = resideInAnyPackage("midge.sensors.driver..", "midge.sensors.model..");
        slices().matching("midge.sensors.(*)..")
                .namingSlices("chip $1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), common)
                .check(house);
    }

    @Test
    void whatDecidesInTheGatewayTouchesNoWorld() {
        noClasses()
                .that()
                .resideInAnyPackage(GATEWAY_DECIDES)
                .and()
                .doNotHaveFullyQualifiedName(READS_FIGURES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WORLD)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("midge.gateway.net..", "midge.gateway.app..")
                .check(house);
    }

    @Test
    void thePackagesOfTheGatewayFormNoCircle() {
        slices().matching("midge.gateway.(*)..").should().beFreeOfCycles().check(house);
    }

    @Test
    void theDeterministicWorldHasNoThreadsAndNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage("midge.sim..")
                .and()
                .resideOutsideOfPackages("midge.sim.live..", "midge.sim.export..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.util.concurrent..", "io.netty..", "midge.gateway.net..", "midge.board..")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(house);
    }

    /** JUnit is there in users' tests only. */
    @Test
    void nothingButItsOwnPackageWantsJunit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("midge.sim.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.opentest4j..", "midge.sim.junit..")
                .check(house);
    }

    @Test
    void onlyTheOutermostLoopReadsAClock() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(
                        "midge.board..", "midge.sim.live..", "midge.gateway.net..", "midge.cli..", "midge.bench..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime");
        rule.check(house);
    }

    @Test
    void theRulesBite() {
        ArchRule broken = noClasses()
                .that()
                .resideInAPackage("midge.sensors..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("midge.hal..");
        assertThatThrownBy(() -> broken.check(house)).isInstanceOf(AssertionError.class);
        assertThat(house.stream().filter(c -> c.getPackageName().startsWith("midge.gateway.core")))
                .isNotEmpty();
    }
}
