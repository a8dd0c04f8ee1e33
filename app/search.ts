/** What a page's address says after its question mark: anyone may write anything there. */

/** A parameter's text; of one that is given several times the first. */
export function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** A parameter that counts something, from 1 to a million; undefined for whatever else it says. */
export function counting(value: string | string[] | undefined): number | undefined {
  const number = Number(single(value));
  return Number.isInteger(number) && number >= 1 && number <= 1e6 ? number : undefined;
}
