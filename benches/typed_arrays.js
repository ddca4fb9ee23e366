// The same run as plain JavaScript on typed arrays, for comparison: one sigmoid output after the
// last step, both passes, every value kept, all memory laid out once.

export class Network {
  constructor(steps, cells, inputs, target, w1x, w1h, b1, w2, b2) {
    Object.assign(this, { steps, cells, inputs, target, w1x, w1h, b1, w2, b2 });
    const array = (length) => new Float64Array(length);
    this.z1 = array(steps * cells);
    this.h = array((steps + 1) * cells);
    this.dh = array(steps * cells);
    this.dz1 = array(steps * cells);
    this.dw1x = array(w1x.length);
    this.dw1h = array(w1h.length);
    this.db1 = array(cells);
    this.dw2 = array(cells);
  }

  /** Runs both passes `times` times and answers the sum of all gradients. */
  run(times) {
    for (let time = 0; time < times; time++) this.once();
    const sum = (array) => array.reduce((a, b) => a + b, 0);
    return [this.dw1x, this.dw1h, this.db1, this.dw2].map(sum).reduce((a, b) => a + b) + this.db2;
  }

  once() {
    const { steps, cells: n, inputs, w1x, w1h, b1, w2, z1, h, dh, dz1, dw1x, dw1h, db1, dw2 } = this;
    for (let t = 0; t < steps; t++) {
      const now = t * n;
      const next = now + n;
      const row = inputs[t] * n;
      for (let j = 0; j < n; j++) z1[now + j] = w1x[row + j] + b1[j];
      for (let i = 0; i < n; i++) {
        const state = h[now + i];
        const at = i * n;
        for (let j = 0; j < n; j++) z1[now + j] += state * w1h[at + j];
      }
      for (let j = 0; j < n; j++) h[next + j] = Math.tanh(z1[now + j]);
    }
    const last = steps * n;
    let z2 = this.b2[0];
    for (let j = 0; j < n; j++) z2 += h[last + j] * w2[j];
    const small = Math.exp(-Math.abs(z2));
    const a2 = (z2 < 0 ? small : 1) / (1 + small);
    this.loss = Math.max(z2, 0) - this.target * z2 + Math.log1p(small);
    const dz2 = a2 - this.target;

    dw1x.fill(0);
    dw1h.fill(0);
    db1.fill(0);
    this.db2 = dz2;
    for (let j = 0; j < n; j++) dw2[j] = h[last + j] * dz2;
    for (let t = steps - 1; t >= 0; t--) {
      const now = t * n;
      const next = now + n;
      for (let i = 0; i < n; i++) {
        let error = 0;
        if (t === steps - 1) {
          error = w2[i] * dz2;
        } else {
          const at = i * n;
          for (let j = 0; j < n; j++) error += w1h[at + j] * dz1[next + j];
        }
        const state = h[next + i];
        dh[now + i] = error;
        dz1[now + i] = error * (1 - state * state);
      }
      const row = inputs[t] * n;
      for (let j = 0; j < n; j++) {
        dw1x[row + j] += dz1[now + j];
        db1[j] += dz1[now + j];
      }
      for (let i = 0; i < n; i++) {
        const state = h[now + i];
        const at = i * n;
        for (let j = 0; j < n; j++) dw1h[at + j] += state * dz1[now + j];
      }
    }
  }
}
