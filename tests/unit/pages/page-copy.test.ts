import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { putTogether, putTogetherGzipped, takeApart } from "@/app/page-copy";

const text = fc.string({ unit: fc.constantFrom("a", "é", "<p>", "\n", "𝄞"), maxLength: 3_000 });

test("a page that is put together again is the page with the other nonce, as it stands and compressed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (parts) => {
      const copy = await takeApart(Buffer.from(parts.join("N0nce+/==")), "N0nce+/==", []);
      const wanted = parts.join("0ther+/==");
      expect(putTogether(copy, "0ther+/==").toString()).toBe(wanted);
      expect(gunzipSync(putTogetherGzipped(copy, "0ther+/==")).toString()).toBe(wanted);
    }),
    { numRuns: 50 },
  );
});
