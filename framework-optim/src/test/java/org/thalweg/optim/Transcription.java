package org.thalweg.optim;

import java.util.Arrays;

/** An optimizer's rule once more, from its paper, in plain loops over numbers: {@code p} and what the lambda captures change in place. */
interface Transcription {
    /**
     * One step.
     *
     * @param p the parameter, changed in place
     * @param g its gradient
     * @param t the number of the step, from 1
     */
    void step(double[] p, double[] g, int t);

    static Transcription lion(double lr, double b1, double b2, double decay, int n) {
        double[] m = new double[n];
        return (p, g, t) -> {
            for (int i = 0; i < n; i++) {
                p[i] -= lr * (Math.signum(b1 * m[i] + (1 - b1) * g[i]) + decay * p[i]);
                m[i] = b2 * m[i] + (1 - b2) * g[i];
            }
        };
    }

    static Transcription lamb(double lr, double b1, double b2, double eps, double decay, int n) {
        double[] m = new double[n];
        double[] v = new double[n];
        return (p, g, t) -> {
            double[] u = new double[n];
            for (int i = 0; i < n; i++) {
                m[i] = b1 * m[i] + (1 - b1) * g[i];
                v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
                u[i] = m[i] / (1 - Math.pow(b1, t)) / (Math.sqrt(v[i] / (1 - Math.pow(b2, t))) + eps) + decay * p[i];
            }
            double trust = norm(p) > 0 && norm(u) > 0 ? norm(p) / norm(u) : 1;
            for (int i = 0; i < n; i++) {
                p[i] -= lr * trust * u[i];
            }
        };
    }

    static Transcription lars(double lr, double momentum, double decay, double trust, int n) {
        double[] v = new double[n];
        return (p, g, t) -> {
            double local = trust * norm(p) / (norm(g) + decay * norm(p));
            for (int i = 0; i < n; i++) {
                v[i] = momentum * v[i] + lr * local * (g[i] + decay * p[i]);
                p[i] -= v[i];
            }
        };
    }

    static Transcription adaBelief(double lr, double b1, double b2, double eps, double decay, int n) {
        double[] m = new double[n];
        double[] s = new double[n];
        return (p, g, t) -> {
            for (int i = 0; i < n; i++) {
                p[i] -= lr * decay * p[i];
                m[i] = b1 * m[i] + (1 - b1) * g[i];
                s[i] = b2 * s[i] + (1 - b2) * (g[i] - m[i]) * (g[i] - m[i]) + eps;
                p[i] -= lr * m[i] / (1 - Math.pow(b1, t)) / (Math.sqrt(s[i] / (1 - Math.pow(b2, t))) + eps);
            }
        };
    }

    static Transcription yogi(double lr, double b1, double b2, double eps, double initial, double decay, int n) {
        double[] m = new double[n];
        double[] v = new double[n];
        Arrays.fill(v, initial);
        return (p, g, t) -> {
            for (int i = 0; i < n; i++) {
                p[i] -= lr * decay * p[i];
                m[i] = b1 * m[i] + (1 - b1) * g[i];
                v[i] -= (1 - b2) * Math.signum(v[i] - g[i] * g[i]) * g[i] * g[i];
                p[i] -= lr * m[i] / (Math.sqrt(v[i]) + eps);
            }
        };
    }

    /** Keeps z and x, as the paper does; p is y. */
    static Transcription scheduleFreeSgd(double lr, double beta, double decay, double[] start) {
        double[] z = start.clone();
        double[] x = start.clone();
        return (p, g, t) -> {
            for (int i = 0; i < p.length; i++) {
                z[i] -= lr * (g[i] + decay * p[i]);
                x[i] = (1 - 1.0 / t) * x[i] + z[i] / t;
                p[i] = (1 - beta) * z[i] + beta * x[i];
            }
        };
    }

    static Transcription scheduleFreeAdamW(double lr, double b1, double b2, double eps, double decay, double[] start) {
        double[] z = start.clone();
        double[] x = start.clone();
        double[] v = new double[start.length];
        double[] sum = new double[1];
        return (p, g, t) -> {
            double rate = lr * Math.sqrt(1 - Math.pow(b2, t));
            sum[0] += rate * rate;
            double c = rate * rate / sum[0];
            for (int i = 0; i < p.length; i++) {
                v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
                z[i] -= rate * g[i] / (Math.sqrt(v[i]) + eps) + rate * decay * p[i];
                x[i] = (1 - c) * x[i] + c * z[i];
                p[i] = (1 - b1) * z[i] + b1 * x[i];
            }
        };
    }

    /** For a matrix of rows by columns. */
    static Transcription adafactor(double lr, double decay, double power, double epsilonParameter, double clip, int rows, int columns) {
        double[] r = new double[rows];
        double[] c = new double[columns];
        return (p, g, t) -> {
            double share = Math.pow(t, power);
            double a = Math.max(epsilonParameter, norm(p) / Math.sqrt(p.length)) * Math.min(lr, 1 / Math.sqrt(t));
            double[] rowMeans = new double[rows];
            double[] columnMeans = new double[columns];
            for (int i = 0; i < p.length; i++) {
                rowMeans[i / columns] += g[i] * g[i] / columns;
                columnMeans[i % columns] += g[i] * g[i] / rows;
            }
            double mean = 0;
            for (int i = 0; i < rows; i++) {
                r[i] = (1 - share) * r[i] + share * rowMeans[i];
                mean += r[i] / rows;
            }
            for (int j = 0; j < columns; j++) {
                c[j] = (1 - share) * c[j] + share * columnMeans[j];
            }
            double[] u = new double[p.length];
            for (int i = 0; i < p.length; i++) {
                u[i] = g[i] / Math.sqrt(r[i / columns] * c[i % columns] / mean);
            }
            double scale = a / Math.max(1, norm(u) / Math.sqrt(p.length) / clip);
            for (int i = 0; i < p.length; i++) {
                p[i] -= lr * decay * p[i] + scale * u[i];
            }
        };
    }

    /** For a matrix of rows by columns. */
    static Transcription muon(double lr, double momentum, double decay, int iterations, int rows, int columns) {
        double[] b = new double[rows * columns];
        return (p, g, t) -> {
            double[][] x = new double[rows][columns];
            double square = 0;
            for (int i = 0; i < p.length; i++) {
                b[i] = momentum * b[i] + (1 - momentum) * g[i];
                double u = (1 - momentum) * g[i] + momentum * b[i];
                x[i / columns][i % columns] = u;
                square += u * u;
            }
            for (double[] row : x) {
                for (int j = 0; j < columns; j++) {
                    row[j] /= Math.sqrt(square);
                }
            }
            for (int k = 0; k < iterations; k++) {
                // a X + b (X X') X + c (X X')^2 X, from the left whatever the shape.
                double[][] cubic = product(product(x, transposed(x)), x);
                double[][] quintic = product(product(x, transposed(x)), cubic);
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        x[i][j] = 3.4445 * x[i][j] - 4.7750 * cubic[i][j] + 2.0315 * quintic[i][j];
                    }
                }
            }
            for (int i = 0; i < p.length; i++) {
                p[i] -= lr * decay * p[i] + lr * Math.sqrt(Math.max(1, (double) rows / columns)) * x[i / columns][i % columns];
            }
        };
    }

    private static double norm(double[] a) {
        double square = 0;
        for (double x : a) {
            square += x * x;
        }
        return Math.sqrt(square);
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }
}
