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
package io.jamesext.converter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.SynchronousQueue;

import javax.imageio.ImageIO;

import io.jamesext.converter.Outcome.Result;

/**
 * The process that converts: reads tasks from its standard input, one at a time, and answers each on its standard output. It ends with the
 * input, also in the middle of a task, so that it never outlives the server. An OutOfMemoryError ends it, by an option of its JVM.
 */
public final class ConverterMain {
    /** The first octet of the output: the process is ready. */
    static final int READY = 'R';
    /** How ExitOnOutOfMemoryError ends a JVM. */
    static final int OUT_OF_MEMORY = 3;
    private static final long STACK_BYTES = 16L << 20;

    private ConverterMain() {
    }

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws Exception {
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
        // What a library prints must not get among the answers.
        System.setOut(new PrintStream(System.err, true));
        ImageIO.setUseCache(false);
        SynchronousQueue<Task.Bounded> tasks = new SynchronousQueue<>();
        Thread worker = new Thread(null, () -> work(tasks, answers), "converter", STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
        answers.writeByte(READY);
        answers.flush();
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        for (int kind = in.read(); kind >= 0; kind = in.read()) {
            tasks.put(Task.Bounded.read(kind, in));
        }
        Runtime.getRuntime().halt(0);
    }

    private static void work(SynchronousQueue<Task.Bounded> tasks, DataOutputStream answers) {
        try {
            while (true) {
                Task.Bounded next = tasks.take();
                Outcome outcome = outcome(next.task(), next.bounds());
                answers.writeByte(outcome.result().ordinal());
                answers.writeInt(outcome.content().length);
                answers.write(outcome.content());
                answers.flush();
            }
        } catch (OutOfMemoryError e) {
            // One that Java's own classes throw.
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        } catch (IOException | InterruptedException e) {
            // The server has gone.
            Runtime.getRuntime().halt(0);
        } finally {
            // A native library that is not there, or another error that is not the content's fault.
            Runtime.getRuntime().halt(1);
        }
    }

    private static Outcome outcome(Task task, Task.Bounds bounds) {
        BoundedOutput out = new BoundedOutput(bounds.maxOutputBytes());
        try {
            switch (task.kind()) {
                case PICTURE -> Pictures.convert(task, bounds.maxPixels(), out);
                case HTML -> HtmlText.convert(task, out);
                case DOCUMENT -> Documents.convert(task, out);
                case WORDS -> Words.convert(task, bounds.maxOutputBytes(), out);
            }
            return new Outcome(Result.CONVERTED, out.octets());
        } catch (BoundedOutput.TooLargeException e) {
            return Outcome.failed(Result.TOO_LARGE);
        } catch (Exception | StackOverflowError | NoClassDefFoundError e) {
            // Whatever a decoder throws at octets that it does not understand, or that need a library that is left out: Bouncy Castle.
            return Outcome.failed(Result.BROKEN);
        }
    }
}
