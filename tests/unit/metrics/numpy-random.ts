/**
 * numpy's RandomState(seed): MT19937 (Matsumoto & Nishimura) with the legacy polar normals, so that a fixture
 * made in Python can be made again here from its seed instead of being committed.
 */
export class NumpyRandomState {
  private readonly state = new Uint32Array(624);
  private index = 624;
  private spare: number | null = null;

  constructor(seed: number) {
    this.state[0] = seed >>> 0;
    for (let i = 1; i < 624; i++) {
      const previous = this.state[i - 1] ^ (this.state[i - 1] >>> 30);
      this.state[i] = (Math.imul(1812433253, previous) + i) >>> 0;
    }
  }

  private word(): number {
    const { state } = this;
    if (this.index === 624) {
      for (let i = 0; i < 624; i++) {
        const y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
        state[i] = state[(i + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.index = 0;
    }
    let y = state[this.index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** rand(): uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.word() >>> 5) * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  /** randn(): standard normal. */
  normal(): number {
    if (this.spare !== null) {
      const held = this.spare;
      this.spare = null;
      return held;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(r)) / r);
      this.spare = scale * x;
      return scale * y;
    }
  }

  /** randn(n) as an array. */
  normals(n: number): Float64Array {
    return Float64Array.from({ length: n }, () => this.normal());
  }
}
