import { createHash } from "node:crypto";
import { z } from "zod";
import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { encodeThumbnail } from "@/lib/media/thumbnail";
import { SITE } from "./site-edit";

/** The row of the settings that has it; no look at the settings reads the image along. */
export const LOGO_SETTING = "logo";
/** Of the file that is given. */
export const LOGO_MAX_BYTES = 2 ** 20;
/** Of its longest side, in pixels, as it is kept: the bar shows it at 28. */
const SIDE = 128;
const KEPT_MAX_BYTES = 48 * 1024;

const kept = z.object({ hash: z.string(), webp: z.base64() });

/**
 * Make an image the site's logo, as a WebP of 128 pixels at most without metadata; null: Salon's mark again.
 * @throws SalonError invalid_request for what is no PNG, JPEG or WebP image; conflict when somebody else set something since
 *   `by` had read the settings
 */
export async function changeLogo(ask: { bytes: Uint8Array | null; by: Actor }, tx?: Tx): Promise<void> {
  const { bytes, by } = ask;
  const webp = bytes && (await encodeThumbnail(bytes, { side: SIDE, maxBytes: KEPT_MAX_BYTES }));
  if (bytes !== null && webp === null) {
    throw new SalonError(
      "invalid_request",
      "A logo is a PNG, JPEG or WebP image. This file is none that can be read.",
      {
        field: "file",
      },
    );
  }
  const hash = webp && createHash("sha256").update(webp).digest("hex").slice(0, 16);
  await atomically(tx, async (tx) => {
    await claimEdit({ thing: SITE, by }, tx);
    const before = await readLogoHash(tx);
    if (webp === null) await tx.setting.deleteMany({ where: { key: LOGO_SETTING } });
    else {
      const update = {
        value: { hash, webp: Buffer.from(webp).toString("base64") },
        voterId: typeof by === "string" ? null : by.voterId,
        updatedAt: new Date(),
      };
      await tx.setting.upsert({
        where: { key: LOGO_SETTING },
        create: { key: LOGO_SETTING, ...update },
        update,
      });
    }
    await recordChange(tx, {
      by,
      action: "settings.change",
      subject: { ...SITE, label: "settings" },
      before: { logo: before },
      after: { logo: hash },
    });
  });
}

/** By which its address is told from that of another; null: the site has none of its own. */
export async function readLogoHash(tx: Tx = db()): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ hash: string | null }[]>`
    select value ->> 'hash' as hash from settings where key = ${LOGO_SETTING}`;
  return row?.hash ?? null;
}

/** @throws SalonError not_found when the site's logo is another, or none */
export async function readLogo(
  hash: string,
  tx: Tx = db(),
): Promise<{ bytes: Uint8Array; mediaType: string }> {
  const row = await tx.setting.findUnique({ where: { key: LOGO_SETTING } });
  const logo = kept.safeParse(row?.value).data;
  if (logo?.hash !== hash) throw new SalonError("not_found", "The site has no such logo.");
  return { bytes: Buffer.from(logo.webp, "base64"), mediaType: "image/webp" };
}
