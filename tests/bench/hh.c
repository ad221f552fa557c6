/* Hodgkin-Huxley by RK4, as one writes it by hand: one neuron, or lanes of W neurons that the compiler vectorises. */
#include <math.h>

#define W 16

/* no branch around exp: a compiler that has a vector exp can then use it */
static inline double linoid(double x)
{
    double far = x / (exp(x) - 1), near = 1 - x / 2;
    return fabs(x) < 1e-6 ? near : far;
}

typedef struct { double V, n, m, h; } state;

static inline state rhs(double V, double n, double m, double h, double I)
{
    double an = 0.1 * linoid((-V - 55) / 10), bn = 0.125 * exp((-V - 65) / 80);
    double am = linoid((-V - 40) / 10), bm = 4 * exp((-V - 65) / 18);
    double ah = 0.07 * exp((-V - 65) / 20), bh = 1 / (1 + exp((-V - 35) / 10));
    return (state){
        I - 120 * m * m * m * h * (V - 50) - 36 * n * n * n * n * (V + 77) - 0.3 * (V + 54.4),
        an * (1 - n) - bn * n,
        am * (1 - m) - bm * m,
        ah * (1 - h) - bh * h,
    };
}

static inline state moved(state x, double a, state d)
{
    return (state){x.V + a * d.V, x.n + a * d.n, x.m + a * d.m, x.h + a * d.h};
}

int single(double I, double dt, long steps, double *x, double *out)
{
    int spikes = 0;
    state y = {x[0], x[1], x[2], x[3]};
    for (long s = 0; s <= steps; s++) {
        out[s] = y.V, out[steps + 1 + s] = y.n, out[2 * (steps + 1) + s] = y.m, out[3 * (steps + 1) + s] = y.h;
        state k1 = rhs(y.V, y.n, y.m, y.h, I), z = moved(y, dt / 2, k1);
        state k2 = rhs(z.V, z.n, z.m, z.h, I);
        z = moved(y, dt / 2, k2);
        state k3 = rhs(z.V, z.n, z.m, z.h, I);
        z = moved(y, dt, k3);
        state k4 = rhs(z.V, z.n, z.m, z.h, I);
        double before = y.V;
        y = moved(moved(moved(moved(y, dt / 6, k1), dt / 3, k2), dt / 3, k3), dt / 6, k4);
        spikes += s < steps && before < 0 && y.V >= 0;
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
                    state d = rhs(Y[0][j], Y[1][j], Y[2][j], Y[3][j], I[base + j]);
                    S[0][j] += b * d.V, Y[0][j] = X[0][j] + a * d.V;
                    S[1][j] += b * d.n, Y[1][j] = X[1][j] + a * d.n;
                    S[2][j] += b * d.m, Y[2][j] = X[2][j] + a * d.m;
                    S[3][j] += b * d.h, Y[3][j] = X[3][j] + a * d.h;
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
