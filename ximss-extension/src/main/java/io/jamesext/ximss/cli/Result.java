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
package io.jamesext.ximss.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a command has to say.
 *
 * @param isList whether it is a list of values; otherwise there is one
 * @param values these
 * @param text the whole as text
 */
public record Result(boolean isList, List<String> values, String text) {
    static Optional<Result> text(String text) {
        return Optional.of(new Result(false, List.of(text), text));
    }

    static Optional<Result> list(List<String> values) {
        return Optional.of(new Result(true, values, String.join("\n", values)));
    }

    /** An array as the example of cliResult has it: {@code (alias1,alias2)}. */
    static Optional<Result> array(List<String> values) {
        return Optional.of(new Result(true, values, values.stream().collect(Collectors.joining(",", "(", ")"))));
    }
}
