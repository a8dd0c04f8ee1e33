import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { hashAddress } from "@/lib/secrets/address-hash";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";

const NOW = Date.UTC(2030, 0, 1);
const of = async (address: string, now = NOW) => (await hashAddress(address, now))!;

test.each([
  // first, second, same address, same network
  ["203.0.113.7", "203.0.113.7", true, true],
  ["203.0.113.7", "::ffff:203.0.113.7", true, true],
  ["203.0.113.7", "203.0.113.8", false, true],
  ["203.0.113.7", "203.0.114.7", false, false],
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true, true],
  ["2001:db8:1:2::/64", "2001:db8:1:2:ffff::9", true, true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false, true],
  ["2001:db8:1:2::1", "2001:db8:2:2::1", false, false],
])("%s and %s: one address %s, one network %s", async (first, second, sameAddress, sameNetwork) => {
  const [a, b] = [await of(first), await of(second)];
  expect(a.address === b.address).toBe(sameAddress);
  expect(a.network === b.network).toBe(sameNetwork);
});

test("what two addresses hold is counted together in one /48 of IPv6, and by the address of IPv4", async () => {
  expect((await of("2001:db8:1:2::1")).holder).toBe((await of("2001:db8:1:3::1")).holder);
  expect((await of("2001:db8:1:2::1")).holder).not.toBe((await of("2001:db8:2:2::1")).holder);
  expect((await of("203.0.113.7")).holder).not.toBe((await of("203.0.113.8")).holder);
});

test("an address's hash says nothing of it, is never its network's, and cannot be followed into the next period", async () => {
  const { address, network } = await of("203.0.113.7");
  expect(address).toMatch(/^[\w-]{22}$/);
  expect(address).not.toBe(network);
  const periodMs = env().ADDRESS_HASH_DAYS * 24 * 60 * 60 * 1000;
  const start = Math.floor(NOW / periodMs) * periodMs;
  expect((await of("203.0.113.7", start)).address).toBe(
    (await of("203.0.113.7", start + periodMs - 1)).address,
  );
  const next = await of("203.0.113.7", start + periodMs);
  expect(next.address).not.toBe((await of("203.0.113.7", start)).address);
  expect(next.network).not.toBe((await of("203.0.113.7", start)).network);
  expect(await hashAddress(null, NOW)).toBeNull();
});
