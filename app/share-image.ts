import { ImageResponse } from "next/og";
import type { ReactElement } from "react";
import { CARD_SIZE } from "@/components/share/share-card";

/** Drawing a card takes a processor a quarter of a second: what was drawn is kept while the ranking that it shows is the newest. */
const KEPT = 100;
const cards = new Map<string, Promise<ArrayBuffer>>();

/**
 * The picture that other sites show beside a link, 1200x630 PNG.
 * @param key what the card says, so that one with the same words is drawn once
 */
export async function shareImage(key: string, card: ReactElement): Promise<Response> {
  const drawn = cards.get(key) ?? new ImageResponse(card, CARD_SIZE).arrayBuffer();
  cards.delete(key);
  cards.set(key, drawn);
  for (const oldest of cards.keys()) if (cards.size > KEPT) cards.delete(oldest);
  try {
    return fileResponse(await drawn, "image/png");
  } catch (error) {
    cards.delete(key);
    throw error;
  }
}

/** A file about a ranking, for other sites and programs, which may keep it for ten minutes. */
export function fileResponse(body: string | ArrayBuffer, type: string): Response {
  return new Response(body, {
    headers: {
      "content-type": type,
      "cache-control": "public, max-age=600",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
    },
  });
}
