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

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What rules can say here. XIMSS, "Service Operations", knownValues. */
public final class RuleVocabulary {
    /** CommuniGate's modes of allowed rules that tell actions apart here, the most restrictive first. */
    public static final List<String> MODES = Actions.MODES;
    /** That of all users: XIMSS, "Service Operations", currentStatus, RulesAllowed. */
    public static final String MODE = Actions.MODE;
    /** The conditions. */
    public static final List<String> CONDITIONS = Conditions.NAMES;
    /** The actions, each with the mode that allows it. */
    public static final ImmutableMap<String, String> ACTIONS = Actions.NAMES;

    private RuleVocabulary() {
    }

    /**
     * Checks the words of a rule.
     *
     * @throws ProtocolException with {@link Failure#NOT_SUPPORTED} and what it is that James could not do
     */
    public static void check(Rule rule) {
        RuleScript.command(rule);
    }
}
