import type { ProviderJob } from "@/lib/providers/formats/format";

/** Calls of one order whose end nobody knows, and that may each have been charged: a second one is made, a third is not. */
export const MOST_UNSURE_CALLS = 2;

/** What a call cost. */
export interface Charge {
  /** US dollars, as the reply says; null: it does not. */
  usd: number | null;
}

/** What is known of an order that was sent before, kept where it outlives the try. */
export interface OrderRecord {
  /** What the provider calls it; null: it is not with the provider. */
  job(): { job: ProviderJob; submittedAt: number } | null;
  /**
   * Before a call that may be charged: from here on its end is not known.
   * @returns whether it may be made
   */
  begin(): Promise<boolean>;
  /** Its end is known: it gave an answer. @param charge what an image cost; null: there is none, and nothing to pay */
  answered(charge: Charge | null): Promise<void>;
  /**
   * The provider has taken it under this name. Kept before anybody waits for it.
   * @param charge what it cost, where the image is made already
   */
  submitted(job: ProviderJob, charge?: Charge): Promise<void>;
  /** The provider has made the image. Telling it twice counts once. */
  made(charge: Charge): Promise<void>;
  /** The provider is through with it without an image, or does not know it any more (lost: and may have charged it). */
  dropped(why: "ended" | "lost"): Promise<void>;
}

/** A record that lives as long as whoever waits for the image. @param known what the provider has already */
export function memoryRecord(known: ReturnType<OrderRecord["job"]> = null): OrderRecord {
  let unsure = 0;
  return {
    job: () => known,
    begin: () => Promise.resolve(unsure++ < MOST_UNSURE_CALLS),
    answered: () => Promise.resolve(void unsure--),
    made: () => Promise.resolve(),
    submitted: (job) => Promise.resolve(void (known = { job, submittedAt: Date.now() })),
    dropped: (why) => {
      known = null;
      if (why === "lost") unsure++;
      return Promise.resolve();
    },
  };
}
