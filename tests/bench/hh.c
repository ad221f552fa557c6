/* Hodgkin-Huxley by RK4, as one writes it by hand: one neuron, or lanes of W neurons that the compiler vectorises. */
#include <math.h>

#define W 16

static inline double linoid(double x) { return fabs(x) < 1e-6 ? 1 - x / 2 : x / (exp(x) - 1); }

static inline void rhs(double V, double n, double m, double h, double I, double *d)
{
    double an = 0.1 * linoid((-V - 55) / 10), bn = 0.125 * exp((-V - 65) / 80);
    double am = linoid((-V - 40) / 10), bm = 4 * exp((-V - 65) / 18);
    double ah = 0.07 * exp((-V - 65) / 20), bh = 1 / (1 + exp((-V - 35) / 10));
    d[0] = I - 120 * m * m * m * h * (V - 50) - 36 * n * n * n * n * (V + 77) - 0.3 * (V + 54.4);
    d[1] = an * (1 - n) - bn * n;
    d[2] = am * (1 - m) - bm * m;
    d[3] = ah * (1 - h) - bh * h;
}

int single(double I, double dt, long steps, double *x, double *out)
{
    int spikes = 0;
    double k[4][4], y[4];
    for (int i = 0; i < 4; i++) out[i * (steps + 1)] = x[i];
    for (long s = 0; s < steps; s++) {
        double before = x[0];
        rhs(x[0], x[1], x[2], x[3], I, k[0]);
        for (int i = 0; i < 4; i++) y[i] = x[i] + dt / 2 * k[0][i];
        rhs(y[0], y[1], y[2], y[3], I, k[1]);
        for (int i = 0; i < 4; i++) y[i] = x[i] + dt / 2 * k[1][i];
        rhs(y[0], y[1], y[2], y[3], I, k[2]);
        for (int i = 0; i < 4; i++) y[i] = x[i] + dt * k[2][i];
        rhs(y[0], y[1], y[2], y[3], I, k[3]);
        for (int i = 0; i < 4; i++) {
            x[i] += dt / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
            out[i * (steps + 1) + s + 1] = x[i];
        }
        spikes += before < 0 && x[0] >= 0;
    }
    return spikes;
}

long batch(const double *I, double dt, long steps, double *x, long n)
{
    static const double A[5] = {0, 0.5, 0.5, 1, 0}, B[4] = {1 / 6., 1 / 3., 1 / 3., 1 / 6.};
    long spikes = 0;
    for (long base = 0; base < n; base += W) {
        double X[4][W], Y[4][W], S[4][W];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < W; j++) X[i][j] = x[i * n + base + j];
        for (long s = 0; s < steps; s++) {
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < W; j++) Y[i][j] = S[i][j] = X[i][j];
            for (int stage = 0; stage < 4; stage++) {
                double a = A[stage + 1] * dt, b = B[stage] * dt;
#pragma omp simd
                for (int j = 0; j < W; j++) {
                    double d[4];
                    rhs(Y[0][j], Y[1][j], Y[2][j], Y[3][j], I[base + j], d);
                    for (int i = 0; i < 4; i++) {
                        S[i][j] += b * d[i];
                        Y[i][j] = X[i][j] + a * d[i];
                    }
                }
            }
            for (int j = 0; j < W; j++) spikes += X[0][j] < 0 && S[0][j] >= 0;
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < W; j++) X[i][j] = S[i][j];
        }
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < W; j++) x[i * n + base + j] = X[i][j];
    }
    return spikes;
}
