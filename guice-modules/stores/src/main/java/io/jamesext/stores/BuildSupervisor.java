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

package io.jamesext.stores;

import java.nio.file.Path;

/** The program that holds the stores of one build and ends with it: {@code BuildSupervisor PROJECT FOLDER OWNER KIND}. */
public final class BuildSupervisor {
    private BuildSupervisor() {
    }

    /** Starts the stores, notes where they answer, and waits for the build's end. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[1]);
        ProcessHandle owner = BuildOwner.parse(arguments[2]).flatMap(BuildOwner::process).orElse(null);
        if (owner == null) {
            System.exit(0);
            return;
        }
        owner.onExit().thenRun(() -> System.exit(0));
        try {
            RunningStores stores = start(new Project(Path.of(arguments[0])), folder, arguments[3]);
            Runtime.getRuntime().addShutdownHook(new Thread(stores::close, "stop"));
            BuildStores.note(stores.addresses(), folder);
            owner.onExit().join();
        } catch (LaunchFailure e) {
            System.err.println(e);
            System.exit(1);
        }
    }

    private static RunningStores start(Project project, Path folder, String kind) {
        return switch (kind) {
            case "processes" -> StoreProcesses.start(project, folder, StorePorts.free(), Purpose.TESTING, System.out::println);
            case "testcontainers" -> containers();
            default -> throw new LaunchFailure("-Dbackends=" + kind + " is not known", "Use processes or testcontainers");
        };
    }

    private static RunningStores containers() {
        try {
            return StoreContainers.start(System.out::println);
        } catch (NoClassDefFoundError e) {
            throw new LaunchFailure("Testcontainers is not on the class path",
                "Let Maven run the tests: mvn verify -Dbackends=testcontainers", e);
        }
    }
}
