import type { NewState } from "@/lib/moderation/inherited-state";

/** What a check looks at. */
export interface Checked {
  prompt: string;
  image: { bytes: Uint8Array; mediaType: string };
}

/**
 * A check says how an image may be shown, and why; null: it has nothing against it.
 * @throws CheckFailed when it cannot say
 */
export type Check = (checked: Checked) => Promise<NewState | null> | NewState | null;

/** A check did not answer: the image is held until it does, or a person decides. */
export class CheckFailed extends Error {}
