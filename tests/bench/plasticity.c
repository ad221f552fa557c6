/* 1000 Poisson inputs onto one leaky integrate-and-fire neuron, additive STDP on pairs, all to all.

   given: the trains are known beforehand; a trace is brought to the present by an exponential when it is needed.
   drawn: the loop that one writes first: at each step every input draws whether it fires, and every trace decays. */
#include <math.h>
#include <stdint.h>
#include <string.h>

static double within(double w, double high) { return w < 0 ? 0 : w > high ? high : w; }

typedef struct { double dt, tau, tau_s, tau_p, tau_d, c_p, c_d, high; } numbers;

/* k[i], j[i]: the step at which input j[i] arrives, in order. Returns the spikes of the neuron. */
long given(long n, long steps, long spikes, const int64_t *k, const int64_t *j, const numbers *a, double *w, double *r, double *last) {
    double u = 0, s = 0, o = 0;
    const double du = a->dt / a->tau, ds = exp(-a->dt / a->tau_s), dd = exp(-a->dt / a->tau_d);
    long fired = 0, at = 0;
    memset(r, 0, n * sizeof *r);
    memset(last, 0, n * sizeof *last);
    for (long step = 0; step < steps; step++) {
        s *= ds;
        o *= dd;
        for (; at < spikes && k[at] == step; at++) {
            long i = j[at];
            s += w[i];
            w[i] = within(w[i] - a->c_d * o, a->high);
            r[i] = r[i] * exp(-(step - last[i]) * a->dt / a->tau_p) + 1;
            last[i] = step;
        }
        u += (s - u) * du;
        if (u >= 1) {
            u = 0;
            fired++;
            for (long i = 0; i < n; i++)
                w[i] = within(w[i] + a->c_p * r[i] * exp(-(step - last[i]) * a->dt / a->tau_p), a->high);
            o += 1;
        }
    }
    return fired;
}

static uint64_t state = 88172645463325252ull;
static inline uint64_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

long drawn(long n, long steps, double rate, const numbers *a, double *w, double *r) {
    double u = 0, s = 0, o = 0;
    const double du = a->dt / a->tau, ds = exp(-a->dt / a->tau_s), dd = exp(-a->dt / a->tau_d), dp = exp(-a->dt / a->tau_p);
    const uint64_t below = (uint64_t)(rate * a->dt / 1000 * 18446744073709551615.0);
    long fired = 0;
    memset(r, 0, n * sizeof *r);
    for (long step = 0; step < steps; step++) {
        s *= ds;
        o *= dd;
        for (long i = 0; i < n; i++) r[i] = r[i] > 1e-100 ? r[i] * dp : 0;
        for (long i = 0; i < n; i++)
            if (next() < below) {
                s += w[i];
                w[i] = within(w[i] - a->c_d * o, a->high);
                r[i] += 1;
            }
        u += (s - u) * du;
        if (u >= 1) {
            u = 0;
            fired++;
            for (long i = 0; i < n; i++) w[i] = within(w[i] + a->c_p * r[i], a->high);
            o += 1;
        }
    }
    return fired;
}
