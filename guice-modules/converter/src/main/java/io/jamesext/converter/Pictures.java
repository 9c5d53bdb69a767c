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

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

import io.jamesext.converter.BoundedOutput.TooLargeException;

/** Pictures of other types, sizes and depths, by Java's ImageIO. The size is looked at before a pixel is decoded. */
final class Pictures {
    /** Of an animation the first picture is meant; so it is of several pages. */
    private static final int FIRST = 0;
    private static final float JPEG_QUALITY = 0.85f;
    private static final Set<String> READ = Set.of("jpeg", "png", "gif", "bmp", "tif", "tiff", "wbmp");

    private final Task.Picture wanted;
    private final String format;
    private final int maxPixels;

    private Pictures(Task.Picture wanted, String format, int maxPixels) {
        this.wanted = wanted;
        this.format = format;
        this.maxPixels = maxPixels;
    }

    /** Converts a picture to image/jpeg, image/png or image/gif. */
    static void convert(Task task, int maxPixels, BoundedOutput to) throws IOException {
        new Pictures(task.picture(), task.to().substring("image/".length()), maxPixels).convert(task.content(), to);
    }

    /** Pixels of both directions. */
    private record Size(int width, int height) {
        Size turned(boolean turn) {
            return turn ? new Size(height, width) : this;
        }

        long pixels() {
            return (long) width * height;
        }
    }

    private void convert(byte[] content, BoundedOutput to) throws IOException {
        Orientation orientation = Orientation.of(content);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
            ImageReader reader = reader(in);
            try {
                reader.setInput(in, true, true);
                Size stored = checked(new Size(reader.getWidth(FIRST), reader.getHeight(FIRST)));
                Size target = checked(target(stored.turned(orientation.swaps())));
                BufferedImage read = read(reader, stored, target.turned(orientation.swaps()));
                write(drawn(read, orientation, target), to);
            } finally {
                reader.dispose();
            }
        }
    }

    private static ImageReader reader(ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext();) {
            ImageReader reader = readers.next();
            if (READ.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
        }
        throw new IIOException("not a picture that is known");
    }

    private Size checked(Size size) throws IOException {
        if (size.width < 1 || size.height < 1) {
            throw new IIOException("a picture without pixels");
        }
        if (size.pixels() > maxPixels) {
            throw new TooLargeException();
        }
        return size;
    }

    /** RFC 5259 section 7: as wide and as high as is asked; where only one is, the other follows it. */
    private Size target(Size source) {
        if (wanted.width() > 0 && wanted.height() > 0) {
            return new Size(wanted.width(), wanted.height());
        }
        if (wanted.width() > 0) {
            return new Size(wanted.width(), scaled(source.height, wanted.width(), source.width));
        }
        return wanted.height() > 0 ? new Size(scaled(source.width, wanted.height(), source.height), wanted.height()) : source;
    }

    private static int scaled(int length, int numerator, int denominator) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round((double) length * numerator / denominator)));
    }

    /** A picture that becomes much smaller is not decoded in full: twice the size is enough to be scaled well. */
    private static BufferedImage read(ImageReader reader, Size stored, Size target) throws IOException {
        ImageReadParam parameters = reader.getDefaultReadParam();
        int step = Math.max(1, Math.min(stored.width / (2 * target.width), stored.height / (2 * target.height)));
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(FIRST, parameters);
    }

    private BufferedImage drawn(BufferedImage source, Orientation orientation, Size target) {
        boolean transparent = source.getColorModel().hasAlpha() && !format.equals("jpeg") && wanted.depth() != 24;
        BufferedImage drawn = new BufferedImage(target.width, target.height,
            transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Size shown = target.turned(orientation.swaps());
        BufferedImage halved = halved(source, shown);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        if (!transparent) {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, target.width, target.height);
        }
        AffineTransform transform = orientation.transform(shown.width, shown.height);
        transform.scale((double) shown.width / halved.getWidth(), (double) shown.height / halved.getHeight());
        graphics.drawImage(halved, transform, null);
        graphics.dispose();
        return inDepth(drawn);
    }

    /** Bilinear scaling looks at four pixels only: whatever becomes much smaller is halved first. */
    private static BufferedImage halved(BufferedImage source, Size target) {
        BufferedImage image = source;
        while (image.getWidth() >= 2 * target.width && image.getHeight() >= 2 * target.height) {
            BufferedImage half = new BufferedImage(image.getWidth() / 2, image.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = half.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, half.getWidth(), half.getHeight(), null);
            graphics.dispose();
            image = half;
        }
        return image;
    }

    private BufferedImage inDepth(BufferedImage drawn) {
        if (wanted.depth() != 1 && (wanted.depth() != 8 || format.equals("gif"))) {
            return drawn;
        }
        BufferedImage flat = new BufferedImage(drawn.getWidth(), drawn.getHeight(),
            wanted.depth() == 1 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = flat.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, flat.getWidth(), flat.getHeight());
        graphics.drawImage(drawn, 0, 0, null);
        graphics.dispose();
        return flat;
    }

    private void write(BufferedImage image, BoundedOutput to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(to)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(JPEG_QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
