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
 * Files of users beside their mail. {@code PersonalFiles} holds the rules; a {@code FileTable} the tree, changed only as a whole; and
 * {@code FileContents} the octets, in pieces that are written before the tree names them and removed when it does so no more. What is
 * cut off half-way leaves pieces that nobody names, never a name without its pieces.
 */
@NullMarked
package io.jamesext.groupware.file;

import org.jspecify.annotations.NullMarked;
