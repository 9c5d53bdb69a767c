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
 * Our own tables beside James's, on James's Cassandra: for what must be fast or atomic and is no message.
 *
 * <p>A side table is one interface in the package that needs it, with one implementation in memory and one on {@link SideTables}, held
 * together by one contract test. Its schema is a line of {@link SideTables}; the bundle chooses by the James underneath.
 */
@NullMarked
package io.jamesext.kernel.table;

import org.jspecify.annotations.NullMarked;
