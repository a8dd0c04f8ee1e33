/** After so many prompts a run is scored while it goes on, so that a fresh board has numbers within minutes. */
export const PROGRESS_MARKS = [50, 100, 250, 500, 1000, 2500, 5000] as const;

/**
 * The mark up to which a run is to be scored now; null: none.
 * @param answered prompts from the first on that are settled
 * @param promptCount prompts of the whole run; at its end it is scored anyway
 * @param scored the mark up to which it was scored
 */
export function dueProgress(answered: number, promptCount: number, scored: number): number | null {
  const passed = PROGRESS_MARKS.filter((mark) => mark <= answered && mark < promptCount);
  const last = passed.at(-1) ?? 0;
  return last > scored ? last : null;
}
