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
 * What SUBMIT does with a message: {@link io.jamesext.dmap.submit.SubmissionTable} says who sends it, flags say how far it has come,
 * {@link io.jamesext.dmap.submit.StoredMail} is read, {@link io.jamesext.dmap.submit.DimeMailing} or
 * {@link io.jamesext.dmap.submit.PlainMailing} makes of it what goes out, and James's queue takes that.
 *
 * <ul>
 * <li>Nothing is put into the queue before \Submitted is in James's store, and nothing by two. PROTOCOL.md section 9.3.</li>
 * <li>What has begun goes on to its end, whether the client waits for it or not.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.dmap.submit;

import org.jspecify.annotations.NullMarked;
