import { createHash, randomBytes } from "node:crypto";

/** By which scanners of leaked secrets, and people, know one. */
const START = "salon_";

/** A fresh token: 192 random bits. */
export const newTokenText = (): string => START + randomBytes(24).toString("base64url");

/** Whether a text has the form of a token; what has not is looked up nowhere. */
export const isTokenText = (text: string): boolean => /^salon_[\w-]{32}$/.test(text);

/** What is kept of a token. It is random enough that a slow hash would add nothing. */
export const hashOfToken = (text: string): string => createHash("sha256").update(text).digest("hex");

/** How a token begins, by which its owner tells it from others: too little to guess the rest by. */
export const prefixOfToken = (text: string): string => text.slice(0, START.length + 4);
