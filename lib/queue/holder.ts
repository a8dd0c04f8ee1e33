import { hashAddress } from "@/lib/secrets/address-hash";

/** Who a job works for. */
export interface Holder {
  /** Ships with Salon. */
  bundled?: boolean;
  /** The visitor it belongs to; null: the operator. */
  ownerId: string | null;
  /** Keyed hash of the network address that the visitor came from, of IPv6 of the site's /48; null: not known, or erased. */
  addressHash: string | null;
}

/** A visitor as a holder of jobs; only the keyed hash of the address is kept. */
export async function visitorHolder(visitor: {
  voterId: string | null;
  address?: string | null;
}): Promise<Holder> {
  const hashed = await hashAddress(visitor.address ?? null, Date.now());
  return { ownerId: visitor.voterId, addressHash: hashed?.holder ?? null };
}

/**
 * The name under which a holder's jobs are counted together. A cookie costs nothing and an address does, so visitors are told apart
 * by their address where it is known.
 */
export function holderName({ bundled = false, ownerId, addressHash }: Holder): string {
  if (bundled) return "bundled";
  return addressHash ?? ownerId ?? "operator";
}
