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
package io.jamesext.ximss.rule;

import java.util.List;
import java.util.Optional;

/**
 * The rules of a user, as they are.
 *
 * @param rules in the order in which they are applied
 * @param areApplied whether theirs is the active Sieve script
 */
public record UserRules(List<Rule> rules, boolean areApplied) {
    /** The rule of a name. */
    public Optional<Rule> find(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /** What holds of a rule: none is applied while another script of the user's, or none, is active. */
    public Priority priority(Rule rule) {
        return areApplied ? rule.priority() : Priority.NONE;
    }
}
