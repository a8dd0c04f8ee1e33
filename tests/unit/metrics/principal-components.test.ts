import { describe, expect, it } from "vitest";
import { principalComponents } from "@/lib/metrics/principal-components";
import { seededRandom } from "@/lib/numerics/random";

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

/** n points that vary by 9 along one direction, by 4 along another, and by 1/100 along the rest of `dimension`. */
function cloud(n: number, dimension: number) {
  const random = seededRandom(11);
  const raw = [0, 1].map(() => Float64Array.from({ length: dimension }, () => random.normal()));
  const unit = (v: Float64Array) => v.map((x) => x / Math.sqrt(dot(v, v)));
  const first = unit(raw[0]);
  const second = unit(raw[1].map((x, i) => x - dot(raw[1], first) * first[i]));
  const points = new Float64Array(n * dimension);
  for (let row = 0; row < n; row += 1) {
    const [a, b] = [3 * random.normal(), 2 * random.normal()];
    for (let i = 0; i < dimension; i += 1)
      points[row * dimension + i] = 5 + a * first[i] + b * second[i] + 0.1 * random.normal();
  }
  return { points, first, second };
}

describe("principal components", () => {
  it("find the directions that a cloud was stretched along, and how far", () => {
    const { points, first, second } = cloud(4000, 24);
    const { axes, variances, mean } = principalComponents(points, 24, 2);
    expect(Math.abs(dot(axes[0], first))).toBeGreaterThan(0.999);
    expect(Math.abs(dot(axes[1], second))).toBeGreaterThan(0.999);
    expect(variances[0] / 9).toBeCloseTo(1, 1);
    expect(variances[1] / 4).toBeCloseTo(1, 1);
    for (const value of mean) expect(Math.abs(value - 5)).toBeLessThan(0.2);
  });

  it("are orthonormal, and together they hold all of the variance", () => {
    const { axes, variances, total } = principalComponents(cloud(60, 16).points, 16, 16);
    axes.forEach((axis, i) =>
      axes.forEach((other, j) => expect(dot(axis, other)).toBeCloseTo(Number(i === j), 12)),
    );
    expect(variances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 10);
    expect([...variances]).toEqual([...variances].sort((a, b) => b - a));
  });

  it("leave the projections of different axes uncorrelated", () => {
    const { points } = cloud(500, 8);
    const { axes, mean } = principalComponents(points, 8, 2);
    const on = (axis: Float64Array) =>
      Array.from({ length: 500 }, (_, row) =>
        dot(
          axis,
          mean.map((centre, i) => points[row * 8 + i] - centre),
        ),
      );
    expect(dot(on(axes[0]), on(axes[1])) / 499).toBeCloseTo(0, 10);
  });

  it("are refused where there are fewer than two points", () => {
    expect(() => principalComponents(new Float64Array(8), 8, 2)).toThrow(RangeError);
  });
});
