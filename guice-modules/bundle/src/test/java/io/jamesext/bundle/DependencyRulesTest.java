/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.jamesext.bundle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the README's module map, and the style guide's rules that span modules. */
@AnalyzeClasses(packages = "io.jamesext", importOptions = DoNotIncludeTests.class)
class DependencyRulesTest {
    private static final String KERNEL = "io.jamesext.kernel..";
    private static final String GROUPWARE = "io.jamesext.groupware..";
    private static final String XIMSS = "io.jamesext.ximss..";
    private static final String AGAP = "io.jamesext.agap..";
    private static final String DMAP = "io.jamesext.dmap..";
    private static final String LEMONADE = "io.jamesext.lemonade..";
    private static final String URLAUTH = "io.jamesext.urlauth..";
    private static final String BUNDLE = "io.jamesext.bundle..";
    private static final String STORES = "io.jamesext.stores..";
    private static final String CONVERTER = "io.jamesext.converter..";
    private static final String OPENSEARCH = "io.jamesext.opensearch..";
    private static final String CASSANDRA = "io.jamesext.cassandra..";
    private static final String TESTING = "io.jamesext.testing..";

    @ArchTest
    private static final ArchRule KERNEL_KNOWS_NO_OTHER = mayUseOfOurs(KERNEL, KERNEL);
    @ArchTest
    private static final ArchRule GROUPWARE_KNOWS_THE_KERNEL = mayUseOfOurs(GROUPWARE, GROUPWARE, KERNEL);
    @ArchTest
    private static final ArchRule XIMSS_KNOWS_GROUPWARE_AND_KERNEL = mayUseOfOurs(XIMSS, XIMSS, GROUPWARE, KERNEL);
    @ArchTest
    private static final ArchRule AGAP_KNOWS_GROUPWARE_AND_KERNEL = mayUseOfOurs(AGAP, AGAP, GROUPWARE, KERNEL);
    @ArchTest
    private static final ArchRule DMAP_KNOWS_THE_KERNEL = mayUseOfOurs(DMAP, DMAP, KERNEL);
    @ArchTest
    private static final ArchRule URLAUTH_KNOWS_THE_KERNEL = mayUseOfOurs(URLAUTH, URLAUTH, KERNEL);
    @ArchTest
    private static final ArchRule LEMONADE_KNOWS_URLAUTH_CONVERTER_AND_KERNEL =
        mayUseOfOurs(LEMONADE, LEMONADE, URLAUTH, CONVERTER, KERNEL);
    @ArchTest
    private static final ArchRule NOBODY_KNOWS_TESTING = noClasses().that().resideOutsideOfPackage(TESTING)
        .should().dependOnClassesThat().resideInAPackage(TESTING);

    @ArchTest
    private static final ArchRule STORES_KNOW_NO_OTHER = mayUseOfOurs(STORES, STORES);
    @ArchTest
    private static final ArchRule CONVERTER_KNOWS_NO_OTHER = mayUseOfOurs(CONVERTER, CONVERTER);
    @ArchTest
    private static final ArchRule OPENSEARCH_KNOWS_THE_CONVERTER = mayUseOfOurs(OPENSEARCH, OPENSEARCH, CONVERTER);
    @ArchTest
    private static final ArchRule CASSANDRA_KNOWS_OPENSEARCH = mayUseOfOurs(CASSANDRA, CASSANDRA, OPENSEARCH);

    /** Guice stays replaceable, and plain tests need no injector; the servers that the jar is dropped into are made of it, as James is. */
    @ArchTest
    private static final ArchRule ONLY_INJECT_OF_GUICE = noClasses()
        .that().resideOutsideOfPackages(BUNDLE, TESTING, CASSANDRA, OPENSEARCH)
        .should().dependOnClassesThat(new DescribedPredicate<>("belong to Guice and are not @Inject") {
            @Override
            public boolean test(JavaClass type) {
                return type.getPackageName().startsWith("com.google.inject") && !type.getName().equals("com.google.inject.Inject");
            }
        });

    /** james-notes: javax.inject is gone in James 3.9. */
    @ArchTest
    private static final ArchRule NO_JAVAX_INJECT = noClasses().should().dependOnClassesThat().resideInAPackage("javax.inject..");

    private static ArchRule mayUseOfOurs(String who, String... whom) {
        return classes().that().resideInAPackage(who)
            .should().onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.jamesext..")
                .or(JavaClass.Predicates.resideInAnyPackage(whom)))
            .allowEmptyShould(true);
    }
}
