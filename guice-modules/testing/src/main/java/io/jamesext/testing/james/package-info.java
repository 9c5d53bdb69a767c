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
/**
 * Starts a James with our jar dropped in, the stock one or the one on Cassandra: behind {@code ./james run}, {@code demo} and
 * {@code cli}, and for integration tests.
 *
 * <p>{@link io.jamesext.testing.james.Launcher} reads {@link io.jamesext.testing.james.Options} and sees to the stores of the
 * {@link io.jamesext.testing.james.Backend}. A
 * {@link io.jamesext.testing.james.WorkingDirectory} holds James's configuration for a choice of
 * {@link io.jamesext.testing.james.Ports}. A {@link io.jamesext.testing.james.JamesProcess} runs James's own main class on it and knows
 * when it answers. {@link io.jamesext.testing.james.Accounts} and {@link io.jamesext.testing.james.Delivery} fill it from outside,
 * through WebAdmin and LMTP.
 *
 * <p>Invariants: James runs in a process of its own on a class path that holds nothing of the bundle; our jar comes in by
 * {@code extensions-jars/} and {@code conf/} alone; everything listens on loopback; the James process never outlives the process that
 * started it, and ends before its stores.
 */
@NullMarked
package io.jamesext.testing.james;

import org.jspecify.annotations.NullMarked;
