import { createHmac, hkdfSync } from "node:crypto";
import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";
import { salonSecret } from "@/lib/secrets/secret";

/** What is kept of a client's network address: enough to see that two requests came from one place, and no more. */
export type AddressHash = {
  /** Of the whole IPv4 address, or of the IPv6 /64 that one client owns. */
  address: string;
  /** Of the IPv4 /24 or the IPv6 /48 it lies in: about one site of one provider. */
  network: string;
  /** Whose things are counted together: of the whole IPv4 address, but of the IPv6 /48, of which one customer has 65,536 /64s. */
  holder: string;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Hash a client's address (as app/api/client-address.ts gives it) by HMAC-SHA256, first 16 bytes, base64url. The key
 * comes from the installation's secret (HKDF, RFC 5869) and changes every ADDRESS_HASH_DAYS: hashes of different periods
 * cannot be told to be of one address. Who holds the secret could try all IPv4 addresses, so stored hashes are erased
 * after as many days (lib/votes/erase-address-hashes.ts).
 * @param address an IP address, with or without a prefix length; null: not known
 * @param now milliseconds since 1970
 * @returns null for null
 */
export async function hashAddress(address: string | null, now: number): Promise<AddressHash | null> {
  if (address === null) return null;
  const { whole, network, isIPv6 } = networksOf(address);
  const key = await keyOf(Math.floor(now / (env().ADDRESS_HASH_DAYS * DAY_MS)));
  const hash = (text: string) => createHmac("sha256", key).update(text).digest().subarray(0, 16);
  const hashes = { address: hash(whole).toString("base64url"), network: hash(network).toString("base64url") };
  return { ...hashes, holder: isIPv6 ? hashes.network : hashes.address };
}

async function keyOf(period: number): Promise<Buffer> {
  return Buffer.from(hkdfSync("sha256", await salonSecret(), "", `salon/address-hash/${period}`, 32));
}

/** What one client is likely to own, and the network around it, as texts that no other address shares. */
function networksOf(address: string): { whole: string; network: string; isIPv6: boolean } {
  const parsed = ipaddr.process(address.replace(/\/\d+$/, ""));
  const isIPv6 = parsed.kind() === "ipv6";
  const [whole, network] = isIPv6 ? [64, 48] : [32, 24];
  const within = (bits: number) => {
    const prefix = Buffer.from(parsed.toByteArray().slice(0, bits / 8));
    return `${parsed.kind()} ${prefix.toString("hex")}/${bits}`;
  };
  return { whole: within(whole), network: within(network), isIPv6 };
}
