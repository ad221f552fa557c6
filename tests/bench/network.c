/* Networks as one writes them by hand in C: a spike walks its row, delays are rings of rows, a kernel is its traces. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Program 15: all to all, the weights of those that fired are the current of the next step. Returns the spikes. */
long dense(long n, long steps, double dt, double I0, const double *restrict a, const double *restrict b,
           const double *restrict c, const double *restrict d, const float *restrict W, double *restrict v,
           double *restrict u, double *restrict I, int32_t *restrict fired) {
    long total = 0, count = 0;
    for (long j = 0; j < n; j++) I[j] = I0;
    for (long k = 0; k < steps; k++) {
        for (long f = 0; f < count; f++) { u[fired[f]] += d[fired[f]]; v[fired[f]] = c[fired[f]]; }
        for (long j = 0; j < n; j++) {
            u[j] += dt * (a[j] * (b[j] * v[j] - u[j]));
            v[j] += dt * ((0.04 * v[j] + 5) * v[j] + 140 - u[j] + I[j]);
            I[j] = I0;
        }
        count = 0;
        for (long j = 0; j < n; j++)
            if (v[j] >= 30) { v[j] = 30; fired[count++] = j; }
        for (long f = 0; f < count; f++) {
            const float *restrict w = W + (long)fired[f] * n;
            for (long j = 0; j < n; j++) I[j] += w[j];
        }
        total += count;
    }
    return total;
}

/* The basal ganglia: P populations, weights by pair (NULL: none), delays in steps, exponential kernel of excitation and
   alpha kernel of inhibition, both cut; `noise` (step, neuron of population 0). Returns the spikes of each population. */
void nuclei(long P, const long *n, const double (*par)[4], float *const *W, const long *D, const uint8_t *positive,
            long steps, double dt, double current, const double *restrict noise, long cutE, long cutI, long *spikes) {
    const long L = 640;
    double pe = exp(-dt / 20), qe = exp(-dt * cutE / 20), pi = exp(-dt / 50), qi = exp(-dt * cutI / 50);
    double *ring[2 * 16], *trace[3 * 16], *v[16], *u[16], *I[16];
    int32_t *fired[16];
    long count[16] = {0};
    for (long p = 0; p < P; p++) {
        for (int s = 0; s < 2; s++) ring[2 * p + s] = calloc(L * n[p], 8);
        for (int s = 0; s < 3; s++) trace[3 * p + s] = calloc(n[p], 8);
        v[p] = malloc(8 * n[p]), u[p] = malloc(8 * n[p]), I[p] = malloc(8 * n[p]), fired[p] = malloc(4 * n[p]);
        for (long j = 0; j < n[p]; j++) v[p][j] = -65, u[p][j] = -65 * par[p][1];
        spikes[p] = 0;
    }
    for (long k = 0; k < steps; k++) {
        for (long p = 0; p < P; p++) {
            double a = par[p][0], b = par[p][1], c = par[p][2], d = par[p][3];
            double *restrict V = v[p], *restrict U = u[p], *restrict J = I[p];
            double *restrict x = trace[3 * p], *restrict y = trace[3 * p + 1], *restrict z = trace[3 * p + 2];
            double *restrict e = ring[2 * p] + (k % L) * n[p], *restrict i = ring[2 * p + 1] + (k % L) * n[p];
            double *restrict eo = ring[2 * p] + ((k + L - cutE) % L) * n[p];
            double *restrict io = ring[2 * p + 1] + ((k + L - cutI) % L) * n[p];
            for (long f = 0; f < count[p]; f++) { U[fired[p][f]] += d; V[fired[p][f]] = c; }
            if (p == 0)
                for (long j = 0; j < n[0]; j++) J[j] = current + 21 * noise[k * n[0] + j];
            else
                for (long j = 0; j < n[p]; j++) {
                    x[j] = pe * x[j] + e[j] - qe * eo[j];
                    z[j] = pi * (z[j] + dt * y[j]) - qi * cutI * dt * io[j];
                    y[j] = pi * y[j] + i[j] - qi * io[j];
                    J[j] = x[j] + z[j] * (2.718281828459045 / 50);
                    eo[j] = io[j] = 0;
                }
            for (long j = 0; j < n[p]; j++) {
                V[j] += dt * ((0.04 * V[j] + 5) * V[j] + 140 - U[j] + J[j]);
                U[j] += dt * (a * (b * V[j] - U[j]));
            }
            count[p] = 0;
            for (long j = 0; j < n[p]; j++)
                if (V[j] >= 30) { V[j] = 30; fired[p][count[p]++] = j; }
            spikes[p] += count[p];
        }
        for (long p = 0; p < P; p++)
            for (long q = 0; q < P; q++) {
                if (!W[p * P + q]) continue;
                double *restrict to = ring[2 * q + !positive[p * P + q]] + ((k + D[p * P + q]) % L) * n[q];
                for (long f = 0; f < count[p]; f++) {
                    const float *restrict w = W[p * P + q] + (long)fired[p][f] * n[q];
                    for (long j = 0; j < n[q]; j++) to[j] += w[j];
                }
            }
    }
    for (long p = 0; p < P; p++) {
        for (int s = 0; s < 2; s++) free(ring[2 * p + s]);
        for (int s = 0; s < 3; s++) free(trace[3 * p + s]);
        free(v[p]), free(u[p]), free(I[p]), free(fired[p]);
    }
}

/* Brunel's network: jumps of J or of Ji by the sign of the source (i < excitatory), one delay, refractory steps, a
   Poisson number of jumps from outside by inversion of its distribution. Returns the spikes. */
long brunel(long n, long excitatory, const int32_t *restrict targets, const int64_t *restrict rows, double J, double Ji,
            long delay, long refractory, long steps, double decay, const double *restrict cdf, long size) {
    double *V = calloc(n, 8), *ring = calloc((delay + 1) * n, 8);
    int32_t *wait = calloc(n, 4), *fired = malloc(4 * n);
    uint64_t s = 88172645463325252ull;
    long total = 0;
    for (long k = 0; k < steps; k++) {
        double *restrict in = ring + (k % (delay + 1)) * n;
        long count = 0;
        for (long j = 0; j < n; j++) {
            s ^= s << 13, s ^= s >> 7, s ^= s << 17;
            double x = (s >> 11) * 0x1p-53;
            long m = 0;
            while (m < size && x > cdf[m]) m++;
            double w = in[j] + m * J;
            in[j] = 0;
            if (wait[j]) { wait[j]--; continue; }
            V[j] = V[j] * decay + w;
            if (V[j] >= 20) { V[j] = 10, wait[j] = refractory, fired[count++] = j; }
        }
        double *restrict to = ring + ((k + delay) % (delay + 1)) * n;
        for (long f = 0; f < count; f++) {
            double w = fired[f] < excitatory ? J : Ji;
            for (int64_t q = rows[fired[f]]; q < rows[fired[f] + 1]; q++) to[targets[q]] += w;
        }
        total += count;
    }
    free(V), free(ring), free(wait), free(fired);
    return total;
}
