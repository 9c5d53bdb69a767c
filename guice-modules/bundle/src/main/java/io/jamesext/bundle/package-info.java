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
 * What James finds when the jar lies in {@code extensions-jars/}: a Guice module and a startable, named in
 * {@code conf/extensions.properties}.
 *
 * <p>James puts the module into a child of its own injector. So nothing here adds to a set that James itself collects, nothing is an
 * eager singleton, and the module's constructor asks for nothing. Servers start after James's own, each because its configuration file
 * is there, and stop with James.
 */
@NullMarked
package io.jamesext.bundle;

import org.jspecify.annotations.NullMarked;
