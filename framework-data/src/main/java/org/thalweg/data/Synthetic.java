package org.thalweg.data;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;

/**
 * Rows drawn at random from a formula. The same settings give the same rows on every JVM. The column {@code input} is FLOAT64;
 * {@code target} is INT32 for classes, which take turns, and a FLOAT64 scalar for quantities. U is uniform between its arguments, N normal with
 * mean 0 and standard deviation 1, each drawn anew for every use; C is the number of classes, s the noise.
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><td>linear</td><td>x(j) = U(-1, 1) for j = 1 ... features; y = 1 + Σⱼ j · x(j) + s · N</td></tr>
 * <tr><td>blobs</td><td>class c around (4 cos(2πc/C), 4 sin(2πc/C)) + s · (N, N)</td></tr>
 * <tr><td>moons</td><td>with t = U(0, π): class 0 around (cos t, sin t), class 1 around (1 - cos t, ½ - sin t), each + s · (N, N)</td></tr>
 * <tr><td>spirals</td><td>with r = U(0, 1) and φ = 4r + 2πc/C: class c around (r cos φ, r sin φ) + s · (N, N)</td></tr>
 * <tr><td>xor</td><td>(U(-1, 1), ±U(0, 1)) + s · (N, N); before the noise, the signs agree in class 0 and differ in class 1</td></tr>
 * <tr><td>permeability</td><td>the flow of a liquid through a bed of porous particles, below</td></tr>
 * </table>
 *
 * <p>Permeability: the input is the particle size d = U(100, 300) in µm, the void fraction between the particles ε = U(0.35, 0.5), the porosity
 * of the particles φ = U(0.1, 0.4), and the liquid's viscosity µ = U(0.5, 2) in mPa·s. A bed of spheres has the permeability of Kozeny and
 * Carman, in m² for d in m; the particles themselves are beds of grains of d/20 and conduct beside the voids, by their share of the volume:
 *
 * <pre>
 * k(d, ε) = d² ε³ / (180 (1 - ε)²)
 * K = k(d, ε) + (1 - ε) · k(d/20, φ)
 * </pre>
 *
 * The target is the superficial velocity in mm/s under a pressure gradient of G = 100 kPa/m (Darcy), measured with a relative error:
 * {@code q = K · G / µ · exp(s · N)}, with µ in Pa·s.
 *
 * @param kind which formula
 * @param rows how many
 * @param noise s
 * @param seed of the random numbers
 * @param classes C, 3 if left out; blobs and spirals only
 * @param features the number of features, 1 if left out; linear only
 */
@Description("Rows drawn at random from a formula: for examples, tests and experiments with a known answer.")
public record Synthetic(
        @Description("The formula: linear and permeability for quantities; blobs, moons, spirals and xor for classes.") Kind kind,
        @Description("The number of rows.") @Min(1) int rows,
        @Description("The standard deviation of the noise; its relative size for permeability.") @Default("0.1") @Min(0) double noise,
        @Description("The seed of the random numbers.") @Default("0") long seed,
        @Description("The number of classes of blobs and spirals; 3 if left out.") @Min(2) Optional<Integer> classes,
        @Description("The number of features of linear; 1 if left out.") @Min(1) Optional<Integer> features)
        implements DataSource {
    private static final double TURN = 2 * Math.PI;
    private static final double MICROMETRE = 1e-6;
    private static final double MILLIPASCAL_SECOND = 1e-3;
    private static final double PRESSURE_GRADIENT = 1e5;
    private static final double MILLIMETRES = 1e3;
    private static final double GRAINS = 20;

    /** The formulas. */
    public enum Kind {
        /** A straight line, or a plane. */
        LINEAR,
        /** Clouds around the corners of a polygon. */
        BLOBS,
        /** Two half circles that reach into each other. */
        MOONS,
        /** Arms that wind around one centre. */
        SPIRALS,
        /** Opposite quarters of a square. */
        XOR,
        /** The flow of a liquid through a bed of porous particles. */
        PERMEABILITY
    }

    /** Checks that the settings belong to the kind. */
    public Synthetic {
        if (classes.isPresent() && kind != Kind.BLOBS && kind != Kind.SPIRALS) {
            throw new IllegalArgumentException("classes is for blobs and spirals; leave it out, or change kind");
        }
        if (features.isPresent() && kind != Kind.LINEAR) {
            throw new IllegalArgumentException("features is for linear; leave it out, or change kind");
        }
        if ((long) rows * features.orElse(4) > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("rows times features must stay below 2147483640; take fewer");
        }
    }

    @Override
    public Dataset open(DataContext context) {
        NormalNumbers random = new NormalNumbers(seed);
        int count = classes.orElse(3);
        return switch (kind) {
            case LINEAR -> linear(random);
            case PERMEABILITY -> permeability(random);
            case BLOBS -> plane(count, row -> {
                double angle = TURN * (row % count) / count;
                return noisy(random, 4 * StrictMath.cos(angle), 4 * StrictMath.sin(angle));
            });
            case MOONS -> plane(2, row -> {
                double t = random.uniform(0, Math.PI);
                double x = StrictMath.cos(t);
                double y = StrictMath.sin(t);
                return row % 2 == 0 ? noisy(random, x, y) : noisy(random, 1 - x, 0.5 - y);
            });
            case SPIRALS -> plane(count, row -> {
                double r = random.uniform(0, 1);
                double angle = 4 * r + TURN * (row % count) / count;
                return noisy(random, r * StrictMath.cos(angle), r * StrictMath.sin(angle));
            });
            case XOR -> plane(2, row -> {
                double x = random.uniform(-1, 1);
                double y = random.uniform(0, 1);
                boolean differ = row % 2 == 1;
                return noisy(random, x, x > 0 == differ ? -y : y);
            });
        };
    }

    private Dataset linear(NormalNumbers random) {
        int width = features.orElse(1);
        double[] x = new double[rows * width];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++) {
            y[row] = 1;
            for (int j = 0; j < width; j++) {
                x[row * width + j] = random.uniform(-1, 1);
                y[row] += (j + 1) * x[row * width + j];
            }
            y[row] += noise * random.normal();
        }
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, Shape.of(width), x), ColumnValues.numbers(Column.TARGET, Shape.scalar(), y));
    }

    private Dataset permeability(NormalNumbers random) {
        double[] x = new double[rows * 4];
        double[] q = new double[rows];
        for (int row = 0; row < rows; row++) {
            double size = x[row * 4] = random.uniform(100, 300);
            double voids = x[row * 4 + 1] = random.uniform(0.35, 0.5);
            double porosity = x[row * 4 + 2] = random.uniform(0.1, 0.4);
            double viscosity = x[row * 4 + 3] = random.uniform(0.5, 2);
            q[row] = velocity(size, voids, porosity, viscosity) * StrictMath.exp(noise * random.normal());
        }
        return InMemory.of(ColumnValues.numbers(Column.INPUT, Shape.of(4), x), ColumnValues.numbers(Column.TARGET, Shape.scalar(), q));
    }

    /** In mm/s, for a size in µm and a viscosity in mPa·s. */
    static double velocity(double size, double voids, double porosity, double viscosity) {
        double d = size * MICROMETRE;
        double permeability = kozenyCarman(d, voids) + (1 - voids) * kozenyCarman(d / GRAINS, porosity);
        return permeability * PRESSURE_GRADIENT / (viscosity * MILLIPASCAL_SECOND) * MILLIMETRES;
    }

    private static double kozenyCarman(double d, double voids) {
        double solid = 1 - voids;
        return d * d * voids * voids * voids / (180 * solid * solid);
    }

    private double[] noisy(NormalNumbers random, double x, double y) {
        return new double[] {x + noise * random.normal(), y + noise * random.normal()};
    }

    private Dataset plane(int count, IntFunction<double[]> point) {
        double[] x = new double[rows * 2];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(point.apply(row), 0, x, row * 2, 2);
        }
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, Shape.of(2), x),
                ColumnValues.classes(
                        Column.TARGET,
                        IntStream.range(0, count).mapToObj(Integer::toString).toList(),
                        IntStream.range(0, rows).map(row -> row % count).toArray()));
    }
}
