/** What a list has besides some of its items. */
export function others<T>(list: readonly T[], not: readonly T[]): T[] {
  return list.filter((item) => !not.includes(item));
}
