import { drawCard } from "@/lib/media/draw-card";
import type { CardMark } from "@/lib/schemas/card-marks";

/** Drawing takes a processor a tenth of a second, and strangers' servers ask: what was drawn last is kept. */
const KEPT = 100;
const cards = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The picture that other sites show beside a link, as PNG. One that says the same is drawn once. */
export async function drawShareCard(marks: CardMark[], background: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = JSON.stringify([marks, background]);
  const drawn = cards.get(key) ?? drawCard(marks, background).then((png) => Uint8Array.from(png));
  cards.delete(key);
  cards.set(key, drawn);
  for (const oldest of cards.keys()) if (cards.size > KEPT) cards.delete(oldest);
  try {
    return await drawn;
  } catch (error) {
    cards.delete(key);
    throw error;
  }
}
