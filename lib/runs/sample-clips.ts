import type { SampleState } from "@/lib/db/generated/enums";
import { clipOfPair } from "@/lib/media/pair-sheet";
import type { ClipPair } from "@/lib/schemas/battles";

type Sample = { id: string; state: SampleState; video: unknown };

/** How two runs' samples of one prompt play in step, place by place; null where they are not both videos that are shown as they are. */
export function sampleClips(first: readonly Sample[], second: readonly Sample[]): (ClipPair | null)[] {
  return Array.from({ length: Math.min(first.length, second.length) }, (_, at) => {
    const pair = [first[at], second[at]];
    const clip = pair.every(({ state }) => state === "VISIBLE") ? clipOfPair(pair) : null;
    const [a, b] = pair.map(({ id }) => id);
    return (
      clip && { ...clip, first: `/media/samples/${a}?beside=${b}`, second: `/media/samples/${b}?beside=${a}` }
    );
  });
}
