import { seededRandom } from "@/lib/numerics/random";

/**
 * An order of things with categories in which every prefix is balanced: categories take turns, those that are used up stand aside, and
 * in its category each thing comes at random. The same seed gives the same order.
 * @param already how many of a category stand before all of these
 * @returns positions in `categories`
 */
export function balancedOrder(
  categories: readonly string[],
  seed: number,
  already: ReadonlyMap<string, number> = new Map(),
): number[] {
  const random = seededRandom(seed);
  const members = new Map<string, number[]>();
  categories.forEach((category, at) => {
    const list = members.get(category);
    if (list) list.push(at);
    else members.set(category, [at]);
  });
  const turns: { at: number; turn: number; category: number }[] = [];
  let number = 0;
  for (const [category, list] of members) {
    shuffle(list, random.below);
    const before = already.get(category) ?? 0;
    list.forEach((at, k) => turns.push({ at, turn: before + k, category: number }));
    number++;
  }
  return turns.sort((a, b) => a.turn - b.turn || a.category - b.category).map(({ at }) => at);
}

/** Fisher and Yates's, in place. */
function shuffle(list: number[], below: (bound: number) => number): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [list[last], list[other]] = [list[other], list[last]];
  }
}
