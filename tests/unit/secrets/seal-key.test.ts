import { describe, expect, it } from "vitest";
import { openKey } from "@/lib/secrets/open-key";
import { sealedWith, sealKey } from "@/lib/secrets/seal-key";
import { keyOfSecret, newSealingKey, parseSealingKeys, sealingKeysText } from "@/lib/secrets/sealing-keys";

const before = keyOfSecret(Buffer.from("a secret of the test"));
const current = newSealingKey();
const seal = (text: string, row = "end_1") => sealKey(text, row, before);

describe("a sealed API key", () => {
  it("opens for its own row and no other", () => {
    const sealed = seal("sk-geheim-ä");
    expect(openKey(sealed, "end_1", [before])).toBe("sk-geheim-ä");
    expect(() => openKey(sealed, "end_2", [before])).toThrow("damaged");
  });

  it("shows nothing of the key and never repeats itself", () => {
    const [first, second] = [seal("sk-secret"), seal("sk-secret")];
    expect(Buffer.from(first).toString("latin1")).not.toContain("secret");
    expect(first).not.toEqual(second);
  });

  it("does not open when any byte was changed", () => {
    const sealed = seal("sk-secret");
    for (let i = 0; i < sealed.length; i++) {
      const changed = Uint8Array.from(sealed);
      changed[i] ^= 1;
      expect(() => openKey(changed, "end_1", [before]), `byte ${i}`).toThrow(/damaged|which is not here/);
    }
  });

  it("opens with the key that its header names, whichever is current", () => {
    const [old, anew] = [seal("sk-old"), sealKey("sk-new", "end_1", current)];
    expect([sealedWith(old), sealedWith(anew)]).toEqual([before.id, current.id]);
    expect(openKey(old, "end_1", [current, before])).toBe("sk-old");
    expect(openKey(anew, "end_1", [current, before])).toBe("sk-new");
  });

  it("says which key it needs where that one is not here", () => {
    expect(() => openKey(seal("sk-secret"), "end_1", [current])).toThrow(
      `sealed with key ID ${before.id}, which is not here`,
    );
  });

  it("opens as it was sealed by a release from before there were several keys", () => {
    const stored =
      "018375b3d99dee8d1927faf2d13d1ccdcde58d3cbb3e97ada39351c93fd69c5c926ac5152397cf6a5a6298ce692b3b02bd9b19fbe797ea3cc1";
    expect(openKey(Buffer.from(stored, "hex"), "end_1", [current, before])).toBe("sk-of-an-earlier-release");
  });
});

describe("the file of sealing keys", () => {
  it("is read as it is written, the current key first", () => {
    const keys = [current, newSealingKey("ab".repeat(32))];
    expect(parseSealingKeys(sealingKeysText(keys))).toEqual(keys);
    expect(parseSealingKeys(`${"cd".repeat(32)}\n\n`)).toMatchObject([{ madeAt: null, from: "file" }]);
  });

  it.each(["not a key", "ab".repeat(31), `${"ab".repeat(32)} yesterday`])(
    "is refused where it holds %j",
    (text) => {
      expect(() => parseSealingKeys(text)).toThrow("must hold one key a line");
    },
  );
});
