import type { Tx } from "@/lib/db/client";
import { ownerOf, sealedKeys } from "@/lib/installation/sealed-keys";
import { sealedWith } from "@/lib/secrets/seal-key";
import { keyRing, type SealingKey } from "@/lib/secrets/sealing-keys";

export interface KeyUse {
  /** The current one first. */
  keys: (Omit<SealingKey, "key"> & { isCurrent: boolean; seals: number })[];
  /** What no key that is here opens: of what ("model flux"), and the id of the key that it needs; null: it is damaged. */
  lost: { owner: string; id: string | null }[];
}

/** The sealing keys that are known here, what of the database each seals, and what none of them opens. */
export async function listKeys(tx: Tx): Promise<KeyUse> {
  const [ring, stored] = [await keyRing(), await sealedKeys(tx)];
  const found = stored.map((each) => ({ owner: ownerOf(each), id: sealedWith(each.sealed) }));
  const known = new Set(ring.map(({ id }) => id));
  return {
    keys: ring.map(({ id, from, madeAt }, at) => ({
      ...{ id, from, madeAt, isCurrent: at === 0 },
      seals: found.filter((each) => each.id === id).length,
    })),
    lost: found.filter(({ id }) => id === null || !known.has(id)),
  };
}

/** What no key that is here opens, a sentence for each key that is missing. */
export function lostInWords(lost: KeyUse["lost"]): string[] {
  return [...new Set(lost.map(({ id }) => id))].map((id) => {
    const of = lost.filter((each) => each.id === id).map(({ owner }) => owner);
    const owners = [...new Set(of)].join(", ");
    return id === null
      ? `The stored keys of ${owners} are damaged: give them anew.`
      : `The stored keys of ${owners} were sealed with key ID ${id}, which is not here: bring back the sealing-keys file, SEALING_KEYS or SALON_SECRET that has it, or give these keys anew.`;
  });
}
