/**
 * What a judge says of a pair over both orders: f = 1/2 [P(first > second | first shown first) + 1 - P(second > first | second
 * shown first)], which a judge that always prefers one place leaves at 1/2.
 * @param shownFirst its preference for the picture shown first, in the order first, second; null: no verdict
 * @param shownSecond the same in the order second, first
 * @returns preference for `first`, 0 to 1; null unless both orders have a verdict
 */
export function pairPreference(shownFirst: number | null, shownSecond: number | null): number | null {
  return shownFirst === null || shownSecond === null ? null : (shownFirst + 1 - shownSecond) / 2;
}
