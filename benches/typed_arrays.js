// The same run and the same training as plain JavaScript on typed arrays, for comparison: one sigmoid
// output after the last step, both passes, every value kept, all memory laid out once.

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

  /** Both passes over the sequence of the network. */
  once() {
    this.clear();
    this.pass(this.inputs, 0, this.target);
  }

  clear() {
    this.dw1x.fill(0);
    this.dw1h.fill(0);
    this.db1.fill(0);
    this.dw2.fill(0);
    this.db2 = 0;
  }

  /** Both passes over the sequence that begins at `begin` of `inputs`; adds to the gradient. */
  pass(inputs, begin, target) {
    const { steps, cells: n, w1x, w1h, b1, w2, z1, h, dh, dz1, dw1x, dw1h, db1, dw2 } = this;
    for (let t = 0; t < steps; t++) {
      const now = t * n;
      const next = now + n;
      const row = inputs[begin + t] * n;
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
    this.loss = Math.max(z2, 0) - target * z2 + Math.log1p(small);
    const dz2 = a2 - target;

    this.db2 += dz2;
    for (let j = 0; j < n; j++) dw2[j] += h[last + j] * dz2;
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
      const row = inputs[begin + t] * n;
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

/** Gradient descent with clipping over minibatches that are reshuffled when all have been seen. */
export class Training extends Network {
  constructor(steps, cells, inputs, targets, batch, rate, clip, w1x, w1h, b1, w2, b2) {
    super(steps, cells, inputs, 0, w1x, w1h, b1, w2, b2);
    Object.assign(this, { targets, batch, rate, clip, next: 0, random: 1 });
    this.order = Uint32Array.from(targets, (_, at) => at);
  }

  /** Makes so many updates and answers the sum of all weights. */
  run(updates) {
    for (let update = 0; update < updates; update++) this.update();
    const sum = (array) => array.reduce((a, b) => a + b, 0);
    return [this.w1x, this.w1h, this.b1, this.w2, this.b2].map(sum).reduce((a, b) => a + b);
  }

  update() {
    const { order, batch, steps, rate, clip } = this;
    this.clear();
    let loss = 0;
    for (let count = 0; count < batch; count++) {
      if (this.next === 0) this.shuffle();
      const at = order[this.next];
      this.next = (this.next + 1) % order.length;
      this.pass(this.inputs, at * steps, this.targets[at]);
      loss += this.loss;
    }
    const pairs = [
      [this.w1x, this.dw1x],
      [this.w1h, this.dw1h],
      [this.b1, this.db1],
      [this.w2, this.dw2],
    ];
    let squares = (this.db2 / batch) ** 2;
    for (const [, gradient] of pairs) {
      for (let at = 0; at < gradient.length; at++) {
        gradient[at] /= batch;
        squares += gradient[at] * gradient[at];
      }
    }
    this.loss = loss / batch;
    this.norm = Math.sqrt(squares);
    const step = rate * Math.min(1, clip / this.norm);
    for (const [weights, gradient] of pairs) {
      for (let at = 0; at < gradient.length; at++) weights[at] -= step * gradient[at];
    }
    this.b2[0] -= (step * this.db2) / batch;
  }

  /** Fisher and Yates, by a generator of Marsaglia's. */
  shuffle() {
    for (let at = this.order.length - 1; at > 0; at--) {
      this.random ^= this.random << 13;
      this.random ^= this.random >>> 17;
      this.random ^= this.random << 5;
      const other = (this.random >>> 0) % (at + 1);
      [this.order[at], this.order[other]] = [this.order[other], this.order[at]];
    }
  }
}
