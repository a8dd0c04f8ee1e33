import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveKey } from "@/lib/secrets/derive-key";
import { secretIn } from "@/lib/secrets/instance-secret";
import { openKey, sealKey } from "@/lib/secrets/seal-key";

const key = deriveKey("endpoint-keys", "a secret of the test");

describe("a sealed API key", () => {
  it("opens for its own row and no other", () => {
    const sealed = sealKey("sk-geheim-ä", "end_1", key);
    expect(openKey(sealed, "end_1", key)).toBe("sk-geheim-ä");
    expect(() => openKey(sealed, "end_2", key)).toThrow("damaged");
  });

  it("shows nothing of the key and never repeats itself", () => {
    const [first, second] = [sealKey("sk-secret", "end_1", key), sealKey("sk-secret", "end_1", key)];
    expect(Buffer.from(first).toString("latin1")).not.toContain("secret");
    expect(first).not.toEqual(second);
  });

  it("does not open when any byte was changed", () => {
    const sealed = sealKey("sk-secret", "end_1", key);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Uint8Array.from(sealed);
      changed[i] ^= 1;
      expect(() => openKey(changed, "end_1", key), `byte ${i}`).toThrow(/damaged|another SALON_SECRET/);
    }
  });

  it("says so when the secret has changed", () => {
    const sealed = sealKey("sk-secret", "end_1", key);
    expect(() => openKey(sealed, "end_1", deriveKey("endpoint-keys", "another"))).toThrow(
      "another SALON_SECRET",
    );
  });
});

describe("the installation's secret", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "salon-secret-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made once, kept, and readable by its owner only", () => {
    const first = secretIn(path.join(folder, "data"));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(secretIn(path.join(folder, "data"))).toBe(first);
    expect(readdirSync(path.join(folder, "data"))).toEqual(["secret"]);
    expect(statSync(path.join(folder, "data", "secret")).mode & 0o077).toBe(0);
  });

  it("gives each purpose a key of its own", () => {
    expect(deriveKey("battle-tokens", "s")).not.toEqual(deriveKey("voter-cookies", "s"));
    expect(deriveKey("battle-tokens", "s")).toHaveLength(32);
  });
});
