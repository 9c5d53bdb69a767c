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
 * What {@code ./james bench} measures. Every figure is taken from outside, over the protocols, on the same messages and in the same
 * run for each backend, so that the ratio between two columns means something where the figures alone depend on the machine.
 */
@NullMarked
package io.jamesext.testing.bench;

import org.jspecify.annotations.NullMarked;
