import { describe, expect, it } from "vitest";
import { openKey, sealKey } from "@/lib/secrets/seal-key";

const secret = Buffer.from("a secret of the test");

describe("a sealed API key", () => {
  it("opens for its own row and no other", () => {
    const sealed = sealKey("sk-geheim-ä", "end_1", secret);
    expect(openKey(sealed, "end_1", secret)).toBe("sk-geheim-ä");
    expect(() => openKey(sealed, "end_2", secret)).toThrow("damaged");
  });

  it("shows nothing of the key and never repeats itself", () => {
    const [first, second] = [sealKey("sk-secret", "end_1", secret), sealKey("sk-secret", "end_1", secret)];
    expect(Buffer.from(first).toString("latin1")).not.toContain("secret");
    expect(first).not.toEqual(second);
  });

  it("does not open when any byte was changed", () => {
    const sealed = sealKey("sk-secret", "end_1", secret);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Uint8Array.from(sealed);
      changed[i] ^= 1;
      expect(() => openKey(changed, "end_1", secret), `byte ${i}`).toThrow(/damaged|another SALON_SECRET/);
    }
  });

  it("says so when the secret has changed", () => {
    const sealed = sealKey("sk-secret", "end_1", secret);
    expect(() => openKey(sealed, "end_1", Buffer.from("another"))).toThrow("another SALON_SECRET");
  });
});
